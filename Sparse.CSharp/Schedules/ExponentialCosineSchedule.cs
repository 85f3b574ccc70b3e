using SparseHybrid.Optim;

namespace SparseHybrid.Schedules;

/// <summary>
/// Linear warm-up over the first 2 % of the run, then a fall by a factor of 160 whose exponent follows a cosine; averaging as in
/// <see cref="CosineSchedule"/>.
/// </summary>
public sealed record ExponentialCosineSchedule : ScheduleOptions
{
    /// <inheritdoc/>
    private protected override SchedulePoint Unwarmed(double stepSize, long totalSteps, int stepsPerEpoch, long step) =>
        Schedule.ExponentialCosine(stepSize, totalSteps, step);
}
