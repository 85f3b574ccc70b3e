namespace SparseHybrid.Sweeps;

/// <summary>Which run of a series is begun next.</summary>
internal static class RunOrder
{
    /// <summary>The first run that can be begun now; null when there is none. A run waits for the one whose weights it begins with.</summary>
    /// <param name="runs">The runs in the order of the plan.</param>
    /// <param name="finished">Names of the runs that are done.</param>
    /// <param name="taken">Names of the runs that are under way or have failed.</param>
    public static TRun? Next<TRun>(IEnumerable<TRun> runs, IReadOnlySet<string> finished, IReadOnlySet<string> taken)
        where TRun : PlannedRun => runs.FirstOrDefault(run =>
            !finished.Contains(run.Name) && !taken.Contains(run.Name) && (run.Start is null || finished.Contains(run.Start)));
}
