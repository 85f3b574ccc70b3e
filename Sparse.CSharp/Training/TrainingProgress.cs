namespace SparseHybrid.Training;

/// <summary>Where a run is, sent to an <see cref="IProgress{T}"/> at most ten times a second and at the end of each epoch.</summary>
public sealed record TrainingProgress
{
    /// <summary>Epoch under way, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs of the whole run.</summary>
    public required int Epochs { get; init; }

    /// <summary>Batches of this epoch that are done.</summary>
    public required int Batch { get; init; }

    /// <summary>Batches in every epoch.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Mean loss over the batches of this epoch that are done.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Accuracy on test data (0..1) after the last epoch that was evaluated; null before the first.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>Share of the regularised weights that are exactly zero (0..1).</summary>
    public required double Sparsity { get; init; }

    /// <summary>lambda at present where a controller moves it; null where it stays.</summary>
    public double? Strength { get; init; }

    /// <summary>Time that the run has taken, over all its sittings.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Time that the rest will take if it goes on like this.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>Share of the whole run that is done (0..1).</summary>
    public double Fraction => (Epoch - 1 + (double)Batch / BatchesPerEpoch) / Epochs;
}
