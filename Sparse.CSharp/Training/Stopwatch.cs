namespace SparseHybrid.Training;

/// <summary>Time since it was made, of the clock and of the processors, plus that of earlier sittings of a run.</summary>
internal sealed class Stopwatch(TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();
    private readonly TimeSpan processorStart = Environment.CpuUsage.TotalTime;
    private TimeSpan earlier;
    private double? earlierProcessorSeconds = 0;

    public TimeSpan Elapsed => earlier + clock.GetElapsedTime(start);

    /// <summary>Seconds that all threads of the process kept processors busy; null when an earlier sitting did not count them.</summary>
    public double? ProcessorSeconds => earlierProcessorSeconds + (Environment.CpuUsage.TotalTime - processorStart).TotalSeconds;

    public void AddEarlier(double seconds, double? processorSeconds)
    {
        earlier += TimeSpan.FromSeconds(seconds);
        earlierProcessorSeconds += processorSeconds;
    }
}
