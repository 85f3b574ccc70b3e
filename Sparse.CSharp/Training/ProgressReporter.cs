namespace SparseHybrid.Training;

/// <summary>Passes progress on, ten times a second at most: what it tells costs a look at every weight.</summary>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long last = clock.GetTimestamp();

    public void ReportIfDue(Func<TrainingProgress> current)
    {
        if (progress is not null && clock.GetElapsedTime(last) >= Interval)
        {
            Report(current());
        }
    }

    public void Report(TrainingProgress current)
    {
        progress?.Report(current);
        last = clock.GetTimestamp();
    }
}
