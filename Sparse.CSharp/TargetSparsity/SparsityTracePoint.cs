namespace SparseHybrid.TargetSparsity;

/// <summary>One moment of a run whose lambda a controller moves.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Lambda">Strength of the run's penalty from here on.</param>
/// <param name="Sparsity">Zeros / regularised weights (0..1).</param>
public sealed record SparsityTracePoint(long Step, double Lambda, double Sparsity);
