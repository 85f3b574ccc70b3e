namespace SparseHybrid;

/// <summary>A data set is missing, damaged or not what its name promises.</summary>
public sealed class DataException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public DataException(string path, string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) => Path = path;

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }
}
