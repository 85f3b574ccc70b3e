using SparseHybrid.Comparisons.Statistics;

namespace SparseHybrid.Tests.Comparisons.Statistics;

public sealed class HolmTests
{
    [Fact]
    public void The_least_counts_as_often_as_there_are_tests_and_none_falls_below_one_before_it()
    {
        double[] expected = [0.03, 0.06, 0.06, 0.02];
        Assert.Equal(expected, Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12))); // the textbook's example
    }

    [Fact]
    public void None_is_above_one() => Assert.Equal([1, 1], Holm.Adjust([0.6, 0.9]));

    [Fact]
    public void A_single_test_needs_no_correction() => Assert.Equal([0.04], Holm.Adjust([0.04]));
}
