using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>
/// Trains in this process, one run at a time: libtorch's threads and its random state belong to the whole process. Leave
/// both alone while a sweep runs.
/// </summary>
public sealed class InProcessTrainer : IPointTrainer
{
    /// <inheritdoc/>
    public int MostAtOnce => 1;

    /// <inheritdoc/>
    public Task Train(PointAssignment assignment, Action<EpochSummary> onEpoch, CancellationToken cancellationToken) => Task.Run(
        () => Fit(assignment, [new EpochCallback(onEpoch)], cancellationToken),
        CancellationToken.None);

    private static TrainingReport Fit(PointAssignment assignment, ITrainerCallback[] callbacks, CancellationToken cancellationToken)
    {
        var settings = assignment.Settings;
        try
        {
            return assignment.Resume
                ? TrainingRun.Resume(settings.RunPath, callbacks: callbacks, cancellationToken: cancellationToken)
                : TrainingRun.Start(settings, callbacks: callbacks, cancellationToken: cancellationToken);
        }
        catch (ArgumentException error) // a method that does not take this value, say: the other runs may be fine
        {
            throw new PointFailedException(settings.RunPath, error.Message, error);
        }
    }

    private sealed class EpochCallback(Action<EpochSummary> onEpoch) : ITrainerCallback
    {
        public bool OnEpochEnd(EpochSummary epoch)
        {
            onEpoch(epoch);
            return true;
        }
    }
}
