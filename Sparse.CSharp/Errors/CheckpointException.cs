namespace SparseHybrid;

/// <summary>A file of weights or a checkpoint is damaged, foreign or does not fit the model.</summary>
public sealed class CheckpointException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public CheckpointException(string path, string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) => Path = path;

    /// <summary>The file at fault.</summary>
    public string Path { get; }
}
