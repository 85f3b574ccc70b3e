using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>Gradual magnitude pruning: the share of zeros rises along a cubic curve while training goes on.</summary>
/// <remarks>
/// Zhu and Gupta, To Prune, or Not to Prune, arXiv:1710.01878, equation 1. There each layer is pruned to the same share; one
/// threshold for the network, the default here, is the stronger comparison.
/// </remarks>
public sealed record GradualPruningOptions : PruningOptions
{
    /// <summary>Among which weights the smallest are pruned. Default the whole network.</summary>
    public PruningScope Scope { get; init; } = PruningScope.Network;

    /// <summary>When pruning begins, as a share of the run, from 0 to <see cref="End"/>. Default 0.1.</summary>
    public double Begin { get; init; } = 0.1;

    /// <summary>When the final share of zeros is reached, as a share of the run, at most 1. Default 0.7.</summary>
    public double End { get; init; } = 0.7;

    /// <summary>Between two prunings, as a share of the run, above 0; at least a step. Default 0.01.</summary>
    public double Period { get; init; } = 0.01;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context)
    {
        long Step(double share) => StepAt(share, context.TotalSteps);
        var schedule = new CubicSparsity(context.Options.TargetSparsity!.Share, Step(Begin), Step(End), Step(Period));
        return new GradualPruning(context, schedule, Scope);
    }

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        .. base.Problems(),
        SettingProblem.UnlessDefined(nameof(Scope), Scope),
        SettingProblem.Unless(Begin >= 0 && Begin <= End, nameof(Begin), Begin, $"a number from 0 to {nameof(End)}"),
        SettingProblem.UnlessShare(nameof(End), End),
        SettingProblem.Unless(Period is > 0 and <= 1, nameof(Period), Period, "a number above 0, at most 1"),
    ];
}
