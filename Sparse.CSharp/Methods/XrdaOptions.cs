using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>
/// xRDA, dual averaging with momentum: weights are exactly zero at every step, without any pruning afterwards, and zeros
/// survive a falling step size. Siegel, Chen, Zhang and Xu, arXiv:2008.09661. The defaults are those published for CIFAR-10.
/// </summary>
public sealed record XrdaOptions : MethodOptions
{
    /// <summary>Momentum time scale, in the unit of the step size, 0 or more; 0 switches momentum off. Default 9.5.</summary>
    public double MomentumTimeScale { get; init; } = 9.5;

    /// <summary>Weight decay added to the gradient of every parameter, biases included, 0 or more. Default 5e-4.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) => DualAveraging.Method(MomentumTimeScale, WeightDecay);

    /// <inheritdoc/>
    internal override bool PullsByStepSize => true;

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessAtLeast(0, nameof(MomentumTimeScale), MomentumTimeScale),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];
}
