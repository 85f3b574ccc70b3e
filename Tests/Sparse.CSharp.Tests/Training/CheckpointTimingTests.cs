using SparseHybrid.Training;

namespace SparseHybrid.Tests.Training;

public sealed class CheckpointTimingTests
{
    private static readonly SparseTrainerOptions Options = new() { Epochs = 1 };

    private readonly SetClock clock = new();

    [Fact]
    public void Without_a_setting_saving_takes_a_hundredth_of_the_time()
    {
        var timing = new CheckpointTiming(Options, clock);
        timing.Save(() => clock.Advance(seconds: 0.3));

        clock.Advance(seconds: 29.9);
        Assert.False(timing.IsDueAfterStep(1));
        Assert.False(timing.IsDueAfterEpoch());
        clock.Advance(seconds: 0.2);
        Assert.True(timing.IsDueAfterStep(1));
        Assert.True(timing.IsDueAfterEpoch());
    }

    [Fact]
    public void However_quick_saving_is_a_second_passes_between_checkpoints()
    {
        var timing = new CheckpointTiming(Options, clock);
        timing.Save(() => { });

        clock.Advance(seconds: 0.9);
        Assert.False(timing.IsDueAfterStep(1));
        clock.Advance(seconds: 0.2);
        Assert.True(timing.IsDueAfterStep(1));
    }

    [Fact]
    public void Seconds_that_are_set_count_however_long_saving_takes()
    {
        var timing = new CheckpointTiming(Options with { CheckpointEverySeconds = 5 }, clock);
        timing.Save(() => clock.Advance(seconds: 3));

        clock.Advance(seconds: 4.9);
        Assert.False(timing.IsDueAfterStep(1));
        Assert.True(timing.IsDueAfterEpoch());
        clock.Advance(seconds: 0.2);
        Assert.True(timing.IsDueAfterStep(1));
    }

    [Fact]
    public void Steps_that_are_set_count_from_the_start_of_the_run()
    {
        var timing = new CheckpointTiming(Options with { CheckpointEverySteps = 4 }, clock);
        clock.Advance(seconds: 1000);

        Assert.Equal([4, 8], Enumerable.Range(1, 9).Where(step => timing.IsDueAfterStep(step)));
        Assert.True(timing.IsDueAfterEpoch());
    }

    private sealed class SetClock : TimeProvider
    {
        private TimeSpan now = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(double seconds) => now += TimeSpan.FromSeconds(seconds);

        public override long GetTimestamp() => now.Ticks;
    }
}
