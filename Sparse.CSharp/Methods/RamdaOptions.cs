using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>
/// RAMDA: RMDA in a metric grown from squared gradients. The model that is evaluated and saved is sparse throughout. Huang and
/// Lee, NeurIPS 2024. Made for schedules of stages, at each of which it starts anew.
/// </summary>
public sealed record RamdaOptions : MethodOptions
{
    /// <summary>
    /// c, above 0 and at most 1: share of the new proximal point in the next parameter. It grows by as much as a stage lowers the
    /// step size, up to 1. Default 0.1.
    /// </summary>
    public double Mixing { get; init; } = 0.1;

    /// <summary>Added to the metric, above 0. It shrinks with the step size of a stage. Default 1e-6.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Weight decay added to the gradient of every parameter, 0 or more. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override double DefaultStepSize => 1e-3;

    /// <inheritdoc/>
    public override bool ParameterIsModel => false;

    /// <inheritdoc/>
    public override bool RestartsAtStages => true;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) =>
        Ramda.Method(new Ramda.Settings(Math.Min(1.0, Mixing / stageShare), Epsilon * stageShare, WeightDecay));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(Mixing is > 0 and <= 1, nameof(Mixing), Mixing, "a number above 0, at most 1"),
        SettingProblem.UnlessPositive(nameof(Epsilon), Epsilon),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];
}
