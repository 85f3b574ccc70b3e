namespace SparseHybrid;

/// <summary>A run folder cannot be created, read or written.</summary>
public sealed class RunException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public RunException(string path, string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) => Path = path;

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }
}
