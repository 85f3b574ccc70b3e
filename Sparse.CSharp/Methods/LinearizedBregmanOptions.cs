using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>Linearised Bregman iterations: entries wake one by one as their gradients add up to more than lambda, which is in the unit of the parameters here. Bungert, Roith, Tenbrinck and Burger, JMLR 23 (2022).</summary>
public sealed record LinearizedBregmanOptions : MethodOptions
{
    /// <summary>Momentum time scale, in the unit of the step size, 0 or more; 0 switches momentum off. Default 9.5.</summary>
    public double MomentumTimeScale { get; init; } = 9.5;

    /// <summary>Weight decay added to the gradient of every parameter, biases included, 0 or more. Default 5e-4.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <inheritdoc/>
    public override bool LambdaIsInUnitOfParameter => true;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) => LinearizedBregman.Method(new LinearizedBregman.Settings(MomentumTimeScale, WeightDecay));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessAtLeast(0, nameof(MomentumTimeScale), MomentumTimeScale),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];
}
