using SparseHybrid.Optim;

namespace SparseHybrid.Schedules;

/// <summary>The same step size at every step.</summary>
public sealed record ConstantSchedule : ScheduleOptions
{
    /// <inheritdoc/>
    private protected override SchedulePoint Unwarmed(double stepSize, long totalSteps, int stepsPerEpoch, long step) =>
        Schedule.Constant(stepSize, 0.0, step);
}
