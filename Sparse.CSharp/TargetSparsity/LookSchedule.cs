namespace SparseHybrid.TargetSparsity;

/// <summary>
/// When zeros are counted: about 500 times in a run, so that a device is not kept waiting at every step; in the last tenth,
/// where the share has to settle, four times as often; and after the last step.
/// </summary>
internal static class LookSchedule
{
    private const long Looks = 500;
    private const long Closer = 4;

    /// <summary>Whether zeros are counted after a step.</summary>
    /// <param name="step">Counted from 1.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    public static bool IsDue(long step, long totalSteps)
    {
        var isFinish = step > totalSteps - totalSteps / 10;
        var every = Math.Max(1, totalSteps / (isFinish ? Looks * Closer : Looks));
        return step % every == 0 || step == totalSteps;
    }
}
