using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>Proximal SGD with momentum: a gradient step, then the proximal operator. Its zeros are lost where a schedule lowers the step size. Parikh and Boyd (2014), section 4.2.</summary>
public sealed record ProximalSgdOptions : MethodOptions
{
    /// <summary>Momentum time scale, in the unit of the step size, 0 or more; 0 switches momentum off. Default 9.5.</summary>
    public double MomentumTimeScale { get; init; } = 9.5;

    /// <summary>Weight decay added to the gradient of every parameter, biases included, 0 or more. Default 5e-4.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <inheritdoc/>
    public override bool ThresholdsFollowStepSize => true;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) => ProximalSgd.Method(new ProximalSgd.Settings(MomentumTimeScale, WeightDecay));

    /// <inheritdoc/>
    internal override bool PullsByStepSize => true;

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessAtLeast(0, nameof(MomentumTimeScale), MomentumTimeScale),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];
}
