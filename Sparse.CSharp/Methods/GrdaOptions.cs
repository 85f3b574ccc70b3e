using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>
/// gRDA, directional pruning: dual averaging whose thresholds grow slowly. Chao, Wang, Xing and Cheng, NeurIPS 2020. lambda is
/// the paper's c, 0.005 say. No momentum, no weight decay.
/// </summary>
public sealed record GrdaOptions : MethodOptions
{
    /// <summary>mu from 0.5 to 1: thresholds grow as steps^mu. Default 0.51.</summary>
    public double ThresholdGrowth { get; init; } = 0.51;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) => Grda.Method(new Grda.Settings(ThresholdGrowth));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
        [SettingProblem.Unless(ThresholdGrowth is >= 0.5 and <= 1, nameof(ThresholdGrowth), ThresholdGrowth, "a number from 0.5 to 1")];
}
