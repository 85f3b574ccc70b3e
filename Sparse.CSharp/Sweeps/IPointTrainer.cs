using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>Trains single runs of a sweep.</summary>
public interface IPointTrainer
{
    /// <summary>How many runs it can train at the same time, at least 1.</summary>
    int MostAtOnce { get; }

    /// <summary>Begins a run, or goes on with one that was interrupted.</summary>
    /// <param name="assignment">The run.</param>
    /// <param name="onEpoch">To be called after each epoch.</param>
    /// <param name="cancellationToken">Stops the run so that it can be resumed.</param>
    /// <exception cref="SparseHybridException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the run can be resumed.</exception>
    Task Train(PointAssignment assignment, Action<EpochSummary> onEpoch, CancellationToken cancellationToken);
}
