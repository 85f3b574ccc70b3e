namespace SparseHybrid.Sweeps;

/// <summary>What varies along the path of a sweep.</summary>
public enum SweepVariable
{
    /// <summary>The strength of the penalty, in the unit of a gradient entry.</summary>
    Lambda,

    /// <summary>The share of zeros asked for (0..1), reached by whatever means the method has.</summary>
    TargetSparsity,
}
