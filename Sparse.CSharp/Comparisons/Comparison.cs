using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

/// <summary>Works through the runs of a comparison, as many at a time as the trainer takes.</summary>
public static class Comparison
{
    /// <summary>
    /// Trains every run that is not done, goes on with those that were interrupted, and begins damaged ones anew. After each
    /// run compare.json, compare.csv and compare.md say what has been found. A run that fails does not stop the others.
    /// </summary>
    /// <param name="folder">The comparison.</param>
    /// <param name="trainer">Trains a run.</param>
    /// <param name="progress">Told what happens to each run.</param>
    /// <param name="cancellationToken">Stops the runs under way with a checkpoint each.</param>
    /// <exception cref="RunException">Another process works on the comparison, or its folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call goes on from there.</exception>
    public static ComparisonReport Run(
        ComparisonFolder folder, IPointTrainer trainer, IProgress<SweepProgress>? progress = null, CancellationToken cancellationToken = default) =>
        folder.Report(SeriesTraining.Run(folder, trainer, progress, cancellationToken));
}
