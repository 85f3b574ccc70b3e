namespace SparseHybrid.Comparisons;

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
