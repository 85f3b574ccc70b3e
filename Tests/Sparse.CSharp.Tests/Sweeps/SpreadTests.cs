using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Sweeps;

public sealed class SpreadTests
{
    [Fact]
    public void The_deviation_is_that_of_a_sample()
    {
        var spread = Spread.Of([2.0, 4.0, 9.0]);
        Assert.Equal(5, spread.Mean);
        Assert.Equal(Math.Sqrt((9 + 1 + 16) / 2.0), spread.StandardDeviation!.Value, precision: 12);
        Assert.Equal((2.0, 9.0), (spread.Minimum, spread.Maximum));
    }

    [Fact]
    public void A_single_value_has_no_deviation() => Assert.Equal(new Spread(0.5, null, 0.5, 0.5), Spread.Of([0.5]));

    [Fact]
    public void No_value_has_no_spread() => Assert.Throws<ArgumentException>(() => Spread.Of([]));
}
