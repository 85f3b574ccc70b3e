namespace SparseHybrid.Training;

/// <summary>When a checkpoint is due: where the settings say, or else so seldom that saving takes a hundredth of the time.</summary>
internal sealed class CheckpointTiming(SparseTrainerOptions options, TimeProvider clock)
{
    private const double LargestShare = 0.01;
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private long lastSaved = clock.GetTimestamp();
    private TimeSpan interval = ShortestInterval;

    private bool IsSet => options.CheckpointEverySeconds is not null || options.CheckpointEverySteps is not null;

    /// <summary>Whether to save in the middle of an epoch.</summary>
    /// <param name="step">Steps taken.</param>
    public bool IsDueAfterStep(long step) =>
        (options.CheckpointEverySteps is { } steps && step % steps == 0)
        || (options.CheckpointEverySeconds is { } seconds && Elapsed >= TimeSpan.FromSeconds(seconds))
        || (!IsSet && Elapsed >= interval);

    /// <summary>Whether to save at the end of an epoch that is not the last.</summary>
    public bool IsDueAfterEpoch() => IsSet || Elapsed >= interval;

    /// <summary>Saves now, and learns from it how long that takes.</summary>
    public void Save(Action save)
    {
        var begun = clock.GetTimestamp();
        save();
        lastSaved = clock.GetTimestamp();
        var longest = clock.GetElapsedTime(begun, lastSaved) / LargestShare;
        interval = longest > ShortestInterval ? longest : ShortestInterval;
    }

    private TimeSpan Elapsed => clock.GetElapsedTime(lastSaved);
}
