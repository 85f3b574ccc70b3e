using SparseHybrid.Optimizers;

namespace SparseHybrid.Training;

/// <summary>Settings of one training run. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record SparseTrainerOptions
{
    /// <summary>Passes over the training data, at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples in a training batch, at least 1. The last batch of an epoch may be smaller. Default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Samples in a batch of the evaluation after each epoch, at least 1; it changes no result. Default 1000.</summary>
    public int EvaluationBatchSize { get; init; } = 1000;

    /// <summary>Seed of the initial weights and of the order of the data. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Where training runs. Default the processor.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Threads that libtorch computes with, at least 1; null leaves its own choice. Bits repeat for an equal number of threads.</summary>
    public int? Threads { get; init; }

    /// <summary>How step size and averaging move during the run. Default cosine.</summary>
    public StepSchedule Schedule { get; init; } = StepSchedule.Cosine;

    /// <summary>Step size, penalty and the rest of the method.</summary>
    public XrdaOptions Optimizer { get; init; } = new();

    /// <summary>Checkpoints that are kept, the newest ones, at least 1. Default 2.</summary>
    public int KeptCheckpoints { get; init; } = 2;

    /// <summary>Checks every setting, those of the optimizer included.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate()
    {
        IEnumerable<SettingProblem?> own =
        [
            SettingProblem.Unless(Epochs >= 1, nameof(Epochs), Epochs, "1 or more"),
            SettingProblem.Unless(BatchSize >= 1, nameof(BatchSize), BatchSize, "1 or more"),
            SettingProblem.Unless(EvaluationBatchSize >= 1, nameof(EvaluationBatchSize), EvaluationBatchSize, "1 or more"),
            SettingProblem.Unless(Enum.IsDefined(Device), nameof(Device), Device, "cpu or cuda"),
            SettingProblem.Unless(Threads is null or >= 1, nameof(Threads), Threads ?? 0, "1 or more, or none"),
            SettingProblem.Unless(Enum.IsDefined(Schedule), nameof(Schedule), Schedule, "cosine or constant"),
            SettingProblem.Unless(KeptCheckpoints >= 1, nameof(KeptCheckpoints), KeptCheckpoints, "1 or more"),
        ];
        SettingProblem.ThrowIfAny([.. own, .. Optimizer.Problems()], "The training settings are out of range");
    }
}
