using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>Adam, then the proximal operator in its own metric. Yun, Lozano and Yang, NeurIPS 2021.</summary>
public sealed record ProximalAdamOptions : MethodOptions
{
    /// <summary>Share of the first moment that a step keeps, from 0 to below 1. Default 0.9.</summary>
    public double FirstMomentKept { get; init; } = 0.9;

    /// <summary>Share of the second moment that a step keeps, from 0 to below 1. Default 0.999.</summary>
    public double SecondMomentKept { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment, above 0. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Weight decay added to the gradient of every parameter, 0 or more. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override double DefaultStepSize => 1e-3;

    /// <inheritdoc/>
    public override bool ThresholdsFollowStepSize => true;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) =>
        ProximalAdam.Method(new ProximalAdam.Settings(FirstMomentKept, SecondMomentKept, Epsilon, WeightDecay));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessBelowOne(nameof(FirstMomentKept), FirstMomentKept),
        SettingProblem.UnlessBelowOne(nameof(SecondMomentKept), SecondMomentKept),
        SettingProblem.UnlessPositive(nameof(Epsilon), Epsilon),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];
}
