namespace SparseHybrid.Sparsifiers;

/// <summary>The share of zeros that gradual magnitude pruning asks for, step by step: it rises fast, then ever more slowly.</summary>
/// <remarks>
/// Zhu and Gupta, To Prune, or Not to Prune, arXiv:1710.01878, equation 1 with initial sparsity 0:
/// s_t = s_f (1 - (1 - (t - t_0) / (n d))^3) for t in {t_0, t_0 + d, ..., t_0 + n d}.
/// </remarks>
/// <param name="FinalSparsity">s_f, from 0 to 1.</param>
/// <param name="Begin">t_0: the first step, counted from 1, that prunes; it still asks for no zeros.</param>
/// <param name="End">t_0 + n d: the step that reaches the final sparsity, <paramref name="Begin"/> or later.</param>
/// <param name="Period">d: steps between two prunings, at least 1. The last pruning comes in step <paramref name="End"/>, whatever the period.</param>
internal sealed record CubicSparsity(double FinalSparsity, long Begin, long End, long Period)
{
    /// <summary>True when this step, counted from 1, prunes.</summary>
    public bool PrunesAt(long step) => step == End || (step >= Begin && step < End && (step - Begin) % Period == 0);

    /// <summary>The share of zeros after a step, if it prunes.</summary>
    public double At(long step)
    {
        if (step < Begin)
        {
            return 0;
        }

        var left = step >= End ? 0 : (double)(End - step) / (End - Begin);
        return FinalSparsity * (1 - left * left * left);
    }
}
