namespace SparseHybrid;

/// <summary>A layer lost its last weight, and training stopped as it was asked to.</summary>
public sealed class DeadLayerException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public DeadLayerException(IReadOnlyList<string> layers, int epoch, string what, string why, string fix)
        : base(what, why, fix)
    {
        Layers = layers;
        Epoch = epoch;
    }

    /// <summary>Names of the weight tensors that have only zeros left.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>The epoch after which they were found, counted from 1.</summary>
    public int Epoch { get; }
}
