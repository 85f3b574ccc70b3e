namespace SparseHybrid.Comparisons;

/// <summary>What a comparison of two arms has shown.</summary>
public enum PairOutcome
{
    /// <summary>The subject is better, at the 5 % level.</summary>
    Better,

    /// <summary>The subject is worse, at the 5 % level.</summary>
    Worse,

    /// <summary>No difference has been shown, which does not mean that there is none.</summary>
    NotShown,

    /// <summary>There is nothing to compare, or it would not be fair.</summary>
    NotCompared,
}
