namespace SparseHybrid;

/// <summary>A loss or a gradient became infinite or NaN, and training stopped.</summary>
public sealed class NonFiniteException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public NonFiniteException(string layer, long step, string what, string why, string fix)
        : base(what, why, fix)
    {
        Layer = layer;
        Step = step;
    }

    /// <summary>Name of the layer where the first value that is not finite was found.</summary>
    public string Layer { get; }

    /// <summary>The step that could not be taken, counted from 1 over the whole run.</summary>
    public long Step { get; }
}
