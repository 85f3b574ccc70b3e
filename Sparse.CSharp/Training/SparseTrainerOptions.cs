using System.Text.Json.Serialization;
using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Schedules;
using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Training;

/// <summary>Settings of one training run. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record SparseTrainerOptions
{
    private readonly ValueList<ParameterGroup> groups = new([]);

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

    /// <summary>The training method with its settings. Default xRDA as published.</summary>
    public MethodOptions Method { get; init; } = new XrdaOptions();

    /// <summary>Step size, above 0, the one that the schedule starts from; null: the method's default, 1 for xRDA.</summary>
    public double? StepSize { get; init; }

    /// <summary>
    /// The penalty of every weight that no group takes in; strength 0 trains without. Default adaptive l1 on single weights with
    /// lambda 1e-6, <see cref="SparseOptimizer.DefaultRegularizer"/>.
    /// </summary>
    public Regularizer Regularizer { get; init; } = SparseOptimizer.DefaultRegularizer;

    /// <summary>Parameters with a penalty of their own; of several groups that take in a parameter the first one counts. Default none.</summary>
    public IReadOnlyList<ParameterGroup> Groups
    {
        get => groups;
        init => groups = new(value);
    }

    /// <summary>How step size and averaging move during the run. Default cosine.</summary>
    public ScheduleOptions Schedule { get; init; } = new CosineSchedule();

    /// <summary>The share of zeros to end with; null: what lambda leads to. Default null.</summary>
    public TargetSparsityOptions? TargetSparsity { get; init; }

    /// <summary>Checkpoints that are kept, the newest ones, at least 1. Default 2.</summary>
    public int KeptCheckpoints { get; init; } = 2;

    /// <summary>Step size that the schedule starts from: the one set, or the method's default.</summary>
    [JsonIgnore]
    public double InitialStepSize => StepSize ?? Method.DefaultStepSize;

    /// <summary>lambda of the run's penalty, 0 for a constraint or no penalty.</summary>
    [JsonIgnore]
    public double Strength => RegularizerModule.FindStrength(Regularizer) ?? 0.0;

    /// <summary>The same settings with another lambda.</summary>
    /// <param name="strength">Finite, 0 or more; 0 trains without penalty.</param>
    /// <exception cref="ArgumentException">The number is out of range, or the regularizer has no strength.</exception>
    public SparseTrainerOptions WithStrength(double strength) => this with { Regularizer = RegularizerModule.WithStrength(strength, Regularizer) };

    /// <summary>Checks every setting, those of method, schedule and groups included.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(Problems(), "The training settings are out of range");

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(Epochs >= 1, nameof(Epochs), Epochs, "1 or more"),
        SettingProblem.Unless(BatchSize >= 1, nameof(BatchSize), BatchSize, "1 or more"),
        SettingProblem.Unless(EvaluationBatchSize >= 1, nameof(EvaluationBatchSize), EvaluationBatchSize, "1 or more"),
        SettingProblem.Unless(Enum.IsDefined(Device), nameof(Device), Device, "cpu or cuda"),
        SettingProblem.Unless(Threads is null or >= 1, nameof(Threads), Threads ?? 0, "1 or more, or none"),
        SettingProblem.UnlessPositive(nameof(StepSize), StepSize ?? 1),
        SettingProblem.OfAttempt(nameof(Regularizer), Regularizer, () => RegularizerModule.Validate(Regularizer)),
        SettingProblem.Unless(KeptCheckpoints >= 1, nameof(KeptCheckpoints), KeptCheckpoints, "1 or more"),
        .. SettingProblem.Within(nameof(Method), Method.Problems()),
        .. SettingProblem.Within(nameof(Schedule), Schedule.Problems()),
        .. groups.SelectMany((group, index) => SettingProblem.Within($"{nameof(Groups)}[{index}]", group.Problems(Regularizer))),
        .. SettingProblem.Within(nameof(TargetSparsity), TargetSparsity?.Problems() ?? []),
        SettingProblem.Unless(
            TargetSparsity is null || Method.HasPenalty || Method.PrunesToTarget, nameof(TargetSparsity), TargetSparsity?.Share ?? 0, $"none: {Method.Name} makes no zeros"),
        Method.PrunesToTarget && TargetSparsity is null
            ? new SettingProblem(nameof(TargetSparsity), "not set", $"the share of zeros that {Method.Name} prunes to")
            : null,
    ];
}
