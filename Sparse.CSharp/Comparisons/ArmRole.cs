namespace SparseHybrid.Comparisons;

/// <summary>What an arm is in its comparison for.</summary>
public enum ArmRole
{
    /// <summary>The one that all others are compared with; just one arm.</summary>
    Subject,

    /// <summary>What the claim is tested against.</summary>
    Comparator,

    /// <summary>Shown and compared beside them, without a part in the verdict.</summary>
    Control,

    /// <summary>Gives the weights that other arms begin with, and its epochs are counted there; not a row of the table.</summary>
    Start,
}

/// <summary>Where arms are compared with each other.</summary>
public enum ComparisonLevels
{
    /// <summary>At each share of zeros asked for.</summary>
    Targets,

    /// <summary>Each arm at that one of its values with the highest mean accuracy on held-out training data; an arm with one value has no choice.</summary>
    Best,

    /// <summary>At shares of convolution filters that are zero as a whole, by linear interpolation along each arm's path.</summary>
    Filters,

    /// <summary>At shares of convolution kernels that are zero as a whole, likewise.</summary>
    Kernels,
}

/// <summary>What a comparison is to find out.</summary>
public enum ComparisonClaim
{
    /// <summary>The subject is more accurate than the comparators.</summary>
    MoreAccurate,

    /// <summary>The subject is no worse than the comparators by more than half a point.</summary>
    NoWorse,
}
