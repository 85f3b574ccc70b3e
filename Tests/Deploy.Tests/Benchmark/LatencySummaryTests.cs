using SparseHybrid.Deploy.Benchmark;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public class LatencySummaryTests
{
    [Fact]
    public void Quantiles_are_interpolated_and_the_order_of_the_times_does_not_matter()
    {
        double[] times = [50, 10, 40, 20, 30];
        var expected = new LatencySummary
        {
            Runs = 5,
            MinimumMicroseconds = 10,
            MedianMicroseconds = 30,
            P95Microseconds = 48,
            SpreadMicroseconds = 20,
        };
        Assert.Equal(expected, LatencySummary.Of(times));
        Assert.Equal([50.0, 10, 40, 20, 30], times);
    }

    [Fact]
    public void One_time_is_its_own_median() => Assert.Equal(7, LatencySummary.Of([7.0]).P95Microseconds);

    [Fact]
    public void No_times_are_an_error() => Assert.Throws<ArgumentException>(() => LatencySummary.Of([]));
}
