using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Sweeps;

public sealed class FrontTableTests
{
    [Fact]
    public void Seeds_are_gathered_by_method_and_value_from_few_zeros_to_many()
    {
        var front = FrontTable.Of(
        [
            SweepRuns.Of("xrda", 2e-5, 1, 0.86, 0.98), SweepRuns.Of("xrda", 1e-6, 1, 0.90, 0.80), SweepRuns.Of("rda", 1e-6, 1, 0.85, 0.70),
            SweepRuns.Of("xrda", 2e-5, 2, 0.88, 0.96), SweepRuns.Of("xrda", 1e-6, 2, 0.88, 0.82),
        ]);
        Assert.Equal([("xrda", 1e-6, 2), ("xrda", 2e-5, 2), ("rda", 1e-6, 1)], front.Select(entry => (entry.Method, entry.Lambda!.Value, entry.Seeds)));
        Assert.Equal(Spread.Of([0.86, 0.88]), front[1].TestAccuracy);
        Assert.Equal(Spread.Of([0.98, 0.96]), front[1].Sparsity);
        Assert.Equal(Spread.Of([1000.0, 1000.0]), front[1].Nonzeros);
        Assert.Null(front[2].TestAccuracy.StandardDeviation);
    }

    [Fact]
    public void The_front_is_what_no_other_mean_surpasses()
    {
        var front = FrontTable.Of(
        [
            SweepRuns.Of("a", 1, 1, 0.90, 0.80), // the most accurate
            SweepRuns.Of("a", 2, 1, 0.89, 0.95),
            SweepRuns.Of("a", 3, 1, 0.85, 0.94), // fewer zeros and less accurate than the one before
            SweepRuns.Of("b", 1, 1, 0.89, 0.90), // as accurate with fewer zeros
            SweepRuns.Of("b", 2, 1, 0.80, 0.99), // the most zeros
        ]);
        Assert.Equal([("a", 1.0), ("a", 2.0), ("b", 2.0)], front.Where(entry => entry.IsOnFront).Select(entry => (entry.Method, entry.Lambda!.Value)));
    }

    [Fact]
    public void Equal_means_are_on_the_front_together() =>
        Assert.All(FrontTable.Of([SweepRuns.Of("a", 1, 1, 0.9, 0.8), SweepRuns.Of("b", 1, 1, 0.9, 0.8)]), entry => Assert.True(entry.IsOnFront));

    [Fact]
    public void Without_runs_there_is_no_front() => Assert.Empty(FrontTable.Of([]));
}
