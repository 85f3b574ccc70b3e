using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Training;

/// <summary>Why training stopped.</summary>
public enum StopReason
{
    /// <summary>Every epoch was done.</summary>
    EpochsDone,

    /// <summary>A callback asked for it.</summary>
    CallbackAsked,

    /// <summary>The metric of the early stop no longer gained.</summary>
    NoMoreGain,
}

/// <summary>What a run ended with.</summary>
public sealed record TrainingReport
{
    /// <summary>Why training stopped.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>The same as a sentence.</summary>
    public required string StopExplanation { get; init; }

    /// <summary>Epochs that were done.</summary>
    public required int Epochs { get; init; }

    /// <summary>Seed of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>Share of the test data classified rightly after the last epoch (0..1): never the best of several epochs.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Mean cross-entropy on the test data after the last epoch.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Mean over the last epoch's batches of their mean cross-entropy.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Share of the regularised weights that are exactly zero (0..1).</summary>
    public required double Sparsity { get; init; }

    /// <summary>Parameters that the penalty applies to.</summary>
    public required long RegularisedWeights { get; init; }

    /// <summary>Parameters of the whole network that are not zero.</summary>
    public required long Nonzeros { get; init; }

    /// <summary>Parameters of the whole network.</summary>
    public required long Parameters { get; init; }

    /// <summary>Whether the share of zeros asked for was reached; null when none was asked for.</summary>
    public TargetSparsityOutcome? TargetSparsity { get; init; }

    /// <summary>Seconds from the first batch to the last evaluation, over all sittings of the run.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// Seconds that all threads of the training process kept processors busy, over all sittings of the run: other programs hardly
    /// change them. Null in runs of releases that did not count them.
    /// </summary>
    public double? ProcessorSeconds { get; init; }

    /// <summary><see cref="Seconds"/> an epoch.</summary>
    public double SecondsPerEpoch => Seconds / Epochs;
}
