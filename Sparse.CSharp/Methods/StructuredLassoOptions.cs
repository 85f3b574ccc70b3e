using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>
/// Structured sparsity learning (SSL): a group lasso on filters or another structure, trained by proximal SGD, so that whole
/// groups become exactly zero. Its lambda is that of the run's regularizer, whose form it replaces.
/// </summary>
/// <remarks>
/// Wen, Wu, Wang, Chen and Li, Learning Structured Sparsity in Deep Neural Networks, NIPS 2016, equations 1 to 3; group norms
/// are weighted by the root of the group's size. There two penalties act at once, on filters and on channels; here one.
/// </remarks>
public sealed record StructuredLassoOptions : MethodOptions
{
    /// <summary>
    /// What vanishes together. Default <see cref="Optim.Grouping.Row"/>: output filters of convolutions and output units of linear
    /// layers.
    /// </summary>
    public Grouping Grouping { get; init; } = Grouping.Row;

    /// <summary>Momentum time scale, in the unit of the step size, 0 or more; 0 switches momentum off. Default 9.5.</summary>
    public double MomentumTimeScale { get; init; } = 9.5;

    /// <summary>Weight decay added to the gradient of every parameter, biases included, 0 or more. Default 5e-4.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <inheritdoc/>
    public override bool ThresholdsFollowStepSize => true;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) => ProximalSgd.Method(new ProximalSgd.Settings(MomentumTimeScale, WeightDecay));

    /// <inheritdoc/>
    public override Regularizer Penalty(Regularizer ofRun) => Regularizers.GroupLasso(RegularizerModule.FindStrength(ofRun) ?? 0, Grouping);

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessAtLeast(0, nameof(MomentumTimeScale), MomentumTimeScale),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
        SettingProblem.OfAttempt(nameof(Grouping), RegularizerJson.GroupingToJson(Grouping), () => Regularizers.GroupLasso(0, Grouping)),
    ];
}
