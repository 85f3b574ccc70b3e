namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>A folder that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("sparse-tests-").FullName;

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Every file and folder in it, relative, in order.</summary>
    public IReadOnlyList<string> Contents =>
    [
        .. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Path, path))
            .Order(),
    ];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
