namespace SparseHybrid.Sweeps;

/// <summary>Works through the runs of a sweep, as many at a time as the trainer takes.</summary>
public static class Sweep
{
    /// <summary>
    /// Trains every run that is not done, goes on with those that were interrupted, and begins damaged ones anew. After each
    /// run front.json, front.csv and runs.csv say what has been found. A run that fails does not stop the others.
    /// </summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="trainer">Trains a run.</param>
    /// <param name="progress">Told what happens to each run.</param>
    /// <param name="cancellationToken">Stops the runs under way with a checkpoint each.</param>
    /// <exception cref="RunException">Another process works on the sweep, or its folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call goes on from there.</exception>
    public static SweepReport Run(
        SweepFolder folder, IPointTrainer trainer, IProgress<SweepProgress>? progress = null, CancellationToken cancellationToken = default) =>
        folder.Report(SeriesTraining.Run(folder, trainer, progress, cancellationToken));
}
