namespace SparseHybrid.Training;

/// <summary>Time since it was made, plus that of earlier sittings of a run.</summary>
internal sealed class Stopwatch(TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();
    private TimeSpan earlier;

    public TimeSpan Elapsed => earlier + clock.GetElapsedTime(start);

    public void AddEarlier(double seconds) => earlier += TimeSpan.FromSeconds(seconds);
}
