namespace SparseHybrid.Sweeps;

/// <summary>Accuracy against zeros: runs gathered over their seeds, with the Pareto front among the means.</summary>
public static class FrontTable
{
    /// <summary>Gathers runs by method and value; methods in the order of their first run, each from few zeros to many.</summary>
    /// <param name="runs">Finished runs.</param>
    public static IReadOnlyList<FrontEntry> Of(IEnumerable<SweepRun> runs)
    {
        var entries = runs
            .GroupBy(run => (run.Method, run.Lambda, run.TargetSparsity))
            .Select(group => new FrontEntry(
                group.Key.Method,
                group.Key.Lambda,
                group.Key.TargetSparsity,
                group.Count(),
                Spread.Of([.. group.Select(run => run.TestAccuracy)]),
                Spread.Of([.. group.Select(run => run.Sparsity)]),
                Spread.Of([.. group.Select(run => (double)run.Nonzeros)]),
                IsOnFront: false))
            .ToList();
        return
        [
            .. entries
                .Select(entry => entry with { IsOnFront = !entries.Exists(other => Dominates(other, entry)) })
                .GroupBy(entry => entry.Method)
                .SelectMany(method => method.OrderBy(entry => entry.Sparsity.Mean)),
        ];
    }

    private static bool Dominates(FrontEntry other, FrontEntry entry)
    {
        var (accuracy, zeros) = (other.TestAccuracy.Mean.CompareTo(entry.TestAccuracy.Mean), other.Sparsity.Mean.CompareTo(entry.Sparsity.Mean));
        return accuracy >= 0 && zeros >= 0 && accuracy + zeros > 0;
    }
}
