using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>
/// RMDA, regularized modernized dual averaging: the parameters are mixtures of proximal points and become sparse only in the
/// end; the model, which is evaluated and saved, is sparse throughout. Huang and Lee, ICLR 2022. Made for schedules of stages,
/// at each of which it starts anew.
/// </summary>
public sealed record RmdaOptions : MethodOptions
{
    /// <summary>
    /// c, above 0 and at most 1: share of the new proximal point in the next parameter. It grows by as much as a stage lowers the
    /// step size, up to 1. Default 0.1.
    /// </summary>
    public double Mixing { get; init; } = 0.1;

    /// <summary>Weight decay added to the gradient of every parameter, 0 or more. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override bool ParameterIsModel => false;

    /// <inheritdoc/>
    public override bool RestartsAtStages => true;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) =>
        Rmda.Method(new Rmda.Settings(Math.Min(1.0, Mixing / stageShare), WeightDecay));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(Mixing is > 0 and <= 1, nameof(Mixing), Mixing, "a number above 0, at most 1"),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];
}
