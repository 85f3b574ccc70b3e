namespace SparseHybrid.Sparsifiers;

/// <summary>From shares of zeros to whole numbers of weights.</summary>
internal static class SparsityShare
{
    /// <summary>Zeros nearest to a share of all weights.</summary>
    /// <param name="weights">All weights, 0 or more.</param>
    /// <param name="share">From 0 to 1.</param>
    public static long ZerosOf(long weights, double share) => Math.Clamp((long)Math.Round(share * weights), 0, weights);

    /// <summary>The weights that are not among those zeros.</summary>
    public static long KeptOf(long weights, double share) => weights - ZerosOf(weights, share);
}
