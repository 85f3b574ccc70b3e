namespace SparseHybrid.Comparisons;

/// <summary>What a comparison is to find out.</summary>
public enum ComparisonClaim
{
    /// <summary>The subject is more accurate than the comparators.</summary>
    MoreAccurate,

    /// <summary>The subject is no worse than the comparators by more than half a point.</summary>
    NoWorse,
}
