using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>Regularized dual averaging whose pull holds the penalty as well: sparse from the first steps on. Xiao, JMLR 11 (2010), section 5.</summary>
public sealed record EnhancedRdaOptions : MethodOptions
{
    /// <summary>p from 0 to 1: the pull to the start grows as steps^p. Default 0.5.</summary>
    public double PullGrowth { get; init; } = 0.5;

    /// <summary>rho, 0 or more: what every backward step gets on top of its step size. Default 0.01.</summary>
    public double Enhancement { get; init; } = 0.01;

    /// <summary>Weight decay added to the gradient of every parameter, 0 or more. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override bool NeedsConstantStepSize => true;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) => Rda.Method(new Rda.Settings(PullGrowth, Enhancement, WeightDecay));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessShare(nameof(PullGrowth), PullGrowth),
        SettingProblem.UnlessAtLeast(0, nameof(Enhancement), Enhancement),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];
}
