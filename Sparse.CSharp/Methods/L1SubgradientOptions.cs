using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// SGD on the loss + strength * ||w||_1 by its subgradient, what automatic differentiation makes of an l1 term in the loss. Such
/// a run leaves small weights, hardly a zero one: the zeros come from pruning the smallest weights afterwards, with
/// fine-tuning, without the l1 term, in the last part of the run.
/// </summary>
/// <remarks>
/// Subgradient steps on a penalised loss: Shor, Minimization Methods for Non-Differentiable Functions (1985); why they give no zeros:
/// Xiao, JMLR 11 (2010), section 1. Pruning after l1 and fine-tuning: Han et al., NIPS 2015, sections 3.1 and 5.
/// </remarks>
public sealed record L1SubgradientOptions : PruningOptions
{
    /// <summary>lambda, in the unit of a gradient entry, 0 or more. Default 1e-4.</summary>
    public double Strength { get; init; } = 1e-4;

    /// <summary>Among which weights the smallest are pruned. Default the whole network.</summary>
    public PruningScope Scope { get; init; } = PruningScope.Network;

    /// <summary>Share of the run's steps that fine-tunes after pruning, from 0 (pruning ends the run) to below 1. Default 0.2.</summary>
    public double FineTuningShare { get; init; } = 0.2;

    /// <summary>Step size of the fine-tuning over that of the training before, above 0. Default 0.3.</summary>
    public double FineTuningStepSize { get; init; } = 0.3;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context) => new MagnitudePruning(context, Scope, FineTuning, Strength);

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        .. base.Problems(),
        SettingProblem.UnlessAtLeast(0, nameof(Strength), Strength),
        SettingProblem.UnlessDefined(nameof(Scope), Scope),
        .. FineTuning.Problems(),
    ];

    private FineTuning FineTuning => new(FineTuningShare, FineTuningStepSize);
}
