using SparseHybrid.Training;

namespace SparseHybrid.Tests.Training;

public sealed class StopwatchTests
{
    [Fact]
    public void Earlier_sittings_count_and_work_takes_processor_time()
    {
        var stopwatch = new Stopwatch(TimeProvider.System);
        stopwatch.AddEarlier(50, processorSeconds: 70);
        stopwatch.AddEarlier(1, processorSeconds: 2);
        var before = stopwatch.ProcessorSeconds!.Value;
        Assert.InRange(before, 72, 100);
        Assert.InRange(stopwatch.Elapsed.TotalSeconds, 51, 100);
        Assert.True(SpinWait.SpinUntil(() => stopwatch.ProcessorSeconds > before, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void An_earlier_sitting_that_did_not_count_leaves_the_sum_unknown()
    {
        var stopwatch = new Stopwatch(TimeProvider.System);
        stopwatch.AddEarlier(1, processorSeconds: null);
        stopwatch.AddEarlier(1, processorSeconds: 2);
        Assert.Null(stopwatch.ProcessorSeconds);
    }
}
