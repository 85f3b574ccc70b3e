using System.Diagnostics;
using SparseHybrid.Deploy.SparseForm.Measure;

namespace SparseHybrid.Deploy.Tests.SparseForm.Measure;

public sealed class WorkClockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Work_takes_time(int threads)
    {
        var clock = WorkClock.For(threads);
        var (start, passed) = (clock.Now, Stopwatch.StartNew());
        while (clock.Now - start < TimeSpan.FromMilliseconds(2))
        {
            Assert.True(passed.Elapsed < TimeSpan.FromMinutes(1), "the clock stands still");
        }
    }

    [Fact]
    public void What_others_do_meanwhile_is_no_work_of_a_single_thread()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // time passes there
        }

        var (one, several) = (WorkClock.For(1), WorkClock.For(2));
        var (oneBefore, severalBefore) = (one.Now, several.Now);
        Thread.Sleep(TimeSpan.FromMilliseconds(200));
        Assert.InRange(several.Now - severalBefore, TimeSpan.FromMilliseconds(190), TimeSpan.MaxValue);
        Assert.InRange(one.Now - oneBefore, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
    }
}
