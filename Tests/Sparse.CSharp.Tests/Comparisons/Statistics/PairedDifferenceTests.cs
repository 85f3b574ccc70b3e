using SparseHybrid.Comparisons.Statistics;

namespace SparseHybrid.Tests.Comparisons.Statistics;

public sealed class PairedDifferenceTests
{
    [Fact]
    public void Interval_and_p_value_are_those_of_Students_paired_test()
    {
        // Mean 0.3, standard error 0.1 * sqrt(2.5 / 5); t = sqrt(18) with 4 degrees of freedom.
        var difference = PairedDifference.Of([0.1, 0.2, 0.3, 0.4, 0.5]);
        Assert.Equal((5, 0.3), (difference.Pairs, Math.Round(difference.Mean, 12)));
        Assert.Equal(0.3 - 2.7764451051977987 * 0.1 * Math.Sqrt(0.5), difference.Low!.Value, tolerance: 1e-9);
        Assert.Equal(0.3 + 2.7764451051977987 * 0.1 * Math.Sqrt(0.5), difference.High!.Value, tolerance: 1e-9);
        Assert.Equal(1 - Math.Sqrt(18.0 / 22) * (1 + 2.0 / 22), difference.PValue!.Value, tolerance: 1e-9);
    }

    [Fact]
    public void A_single_pair_says_nothing_of_chance() =>
        Assert.Equal(new PairedDifference(1, 0.25, null, null, null), PairedDifference.Of([0.25]));

    [Fact]
    public void Differences_that_are_all_alike_leave_no_doubt()
    {
        Assert.Equal(new PairedDifference(3, 0.5, 0.5, 0.5, 0), PairedDifference.Of([0.5, 0.5, 0.5]));
        Assert.Equal(new PairedDifference(3, 0, 0, 0, 1), PairedDifference.Of([0.0, 0, 0]));
    }
}
