using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>
/// Regularized dual averaging: each step looks at the average of all gradients so far. Xiao, JMLR 11 (2010), algorithm 1.
/// </summary>
public sealed record RdaOptions : MethodOptions
{
    /// <summary>p from 0 to 1: the pull to the start grows as steps^p. Default 0.5, for convex functions.</summary>
    public double PullGrowth { get; init; } = 0.5;

    /// <summary>Weight decay added to the gradient of every parameter, 0 or more. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override bool NeedsConstantStepSize => true;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) => Rda.Method(new Rda.Settings(PullGrowth, 0.0, WeightDecay));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessShare(nameof(PullGrowth), PullGrowth),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];
}
