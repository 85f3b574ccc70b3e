namespace SparseHybrid.Sparsifiers;

/// <summary>Among which weights the smallest are pruned.</summary>
public enum PruningScope
{
    /// <summary>All of the network: one threshold, and layers end with different shares of zeros.</summary>
    Network,

    /// <summary>Each layer by itself: every layer ends with the same share of zeros.</summary>
    Layer,
}
