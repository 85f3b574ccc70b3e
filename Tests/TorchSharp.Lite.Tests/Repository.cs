namespace TorchSharp.Lite.Tests;

/// <summary>Where the repository is that these tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SparseHybrid.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No repository was found above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
