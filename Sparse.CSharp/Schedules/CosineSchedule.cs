using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Schedules;

/// <summary>
/// The default: the step size falls to 0 along half a cosine, and averaging rises from its initial value to 1.
/// </summary>
public sealed record CosineSchedule : ScheduleOptions
{
    /// <summary>Averaging before the first step, from 0 to 1. Default 0.</summary>
    public double InitialAveraging { get; init; }

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
        [.. base.Problems(), SettingProblem.UnlessShare(nameof(InitialAveraging), InitialAveraging)];

    /// <inheritdoc/>
    private protected override SchedulePoint Unwarmed(double stepSize, long totalSteps, int stepsPerEpoch, long step) =>
        Schedule.CosineFromAveraging(stepSize, InitialAveraging, totalSteps, step);
}
