namespace SparseHybrid.Sweeps;

/// <summary>Works through a series of runs, as many at a time as the trainer takes.</summary>
internal static class SeriesTraining
{
    /// <summary>
    /// Trains every run that is not done, goes on with those that were interrupted, and begins damaged ones anew. Results are
    /// written after each run. A run that fails does not stop the others.
    /// </summary>
    /// <exception cref="RunException">Another process works on the folder, or it cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call goes on from there.</exception>
    public static SeriesOutcome Run<TRun>(
        RunSeries<TRun> folder, IPointTrainer trainer, IProgress<SweepProgress>? progress, CancellationToken cancellationToken)
        where TRun : PlannedRun
    {
        using var claim = folder.Claim();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sitting = new SeriesSitting<TRun>(folder, trainer, progress, ending.Token);
        try
        {
            sitting.Begin();
            while (sitting.FillUp())
            {
                sitting.WaitForOne();
            }
        }
        finally
        {
            ending.Cancel(); // an error here must not leave runs behind that nobody looks after
            sitting.WaitForAll();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return sitting.Outcome();
    }
}
