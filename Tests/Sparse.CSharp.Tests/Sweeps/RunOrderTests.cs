using SparseHybrid.Methods;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Sweeps;

public sealed class RunOrderTests
{
    [Fact]
    public void The_next_run_is_the_first_that_is_neither_done_nor_taken_and_waits_for_no_other()
    {
        var runs = SweepPlan.Of(new SweepOptions
        {
            Variable = SweepVariable.Lambda,
            Values = [1e-6, 5e-6],
            Methods = [new XrdaOptions()],
            Seeds = [7],
            WarmStart = true,
        }).Points;
        var (first, second) = (runs[0], runs[1]);
        Assert.Equal(first, RunOrder.Next(runs, Names(), Names()));
        Assert.Null(RunOrder.Next(runs, Names(), Names(first.Name)));
        Assert.Equal(second, RunOrder.Next(runs, Names(first.Name), Names(first.Name)));
        Assert.Null(RunOrder.Next(runs, Names(first.Name, second.Name), Names()));
    }

    private static HashSet<string> Names(params string[] names) => [.. names];
}
