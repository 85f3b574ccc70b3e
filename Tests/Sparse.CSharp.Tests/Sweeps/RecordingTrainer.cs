using SparseHybrid.Sweeps;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Sweeps;

/// <summary>Trains in this process, remembers what it was asked for, and fails or stops where a test wants it to.</summary>
internal sealed class RecordingTrainer : IPointTrainer
{
    private readonly InProcessTrainer trainer = new();

    public List<PointAssignment> Assignments { get; } = [];

    /// <summary>Fails the runs whose folder has this name.</summary>
    public string? Failing { get; init; }

    /// <summary>Cancelled after this many epochs in all.</summary>
    public (CancellationTokenSource Source, int Epochs)? Stop { get; init; }

    public int MostAtOnce => 1;

    private int epochs;

    public Task Train(PointAssignment assignment, Action<EpochSummary> onEpoch, CancellationToken cancellationToken)
    {
        Assignments.Add(assignment);
        return Path.GetFileName(assignment.Settings.RunPath) == Failing
            ? throw new PointFailedException(assignment.Settings.RunPath, "It was told to fail.")
            : trainer.Train(assignment, epoch => StopOrGoOn(epoch, onEpoch), cancellationToken);
    }

    private void StopOrGoOn(EpochSummary epoch, Action<EpochSummary> onEpoch)
    {
        onEpoch(epoch);
        if (++epochs == Stop?.Epochs)
        {
            Stop.Value.Source.Cancel();
        }
    }
}
