using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Training;

/// <summary>How step size and averaging move during a run.</summary>
public enum StepSchedule
{
    /// <summary>Step size from its initial value to 0 along half a cosine; averaging = 1 - step size / initial step size.</summary>
    Cosine,

    /// <summary>Both stay as set.</summary>
    Constant,
}

/// <summary>The values of a schedule.</summary>
internal static class StepSchedules
{
    /// <summary>Step size and averaging of a step, counted from 1.</summary>
    public static SchedulePoint At(this StepSchedule schedule, XrdaOptions optimizer, long totalSteps, long step) => schedule switch
    {
        StepSchedule.Cosine => Schedule.Cosine(optimizer.StepSize, totalSteps, step),
        StepSchedule.Constant => Schedule.Constant(optimizer.StepSize, optimizer.Averaging, step),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "There is no such schedule."),
    };
}
