namespace SparseHybrid.Deploy;

/// <summary>A run cannot be shown while it trains.</summary>
public sealed class LiveViewException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public LiveViewException(string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) { }
}
