namespace SparseHybrid;

/// <summary>A pruning method does not fit the network or the length of the run.</summary>
public sealed class PruningException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public PruningException(string what, string why, string fix)
        : base(what, why, fix)
    {
    }
}
