using System.Text.Json.Serialization;
using SparseHybrid.Data;
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

    /// <summary>Samples in a training batch, at least 1. Default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Leaves out the last batch of an epoch where it is not full; otherwise it is smaller. Default false.</summary>
    public bool DropLastBatch { get; init; }

    /// <summary>How training images vary from epoch to epoch. Default: not at all.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>
    /// Share of the training data that is held out, to judge by without looking at test data, 0 or more and below 1. Drawn by the seed.
    /// Default 0.
    /// </summary>
    public double ValidationShare { get; init; }

    /// <summary>
    /// Images to learn from, drawn by the seed out of those that are not held out, at least 1: a small training set. Null: all of
    /// them. Default null.
    /// </summary>
    public int? TrainingImages { get; init; }

    /// <summary>Samples in a batch of the evaluation after each epoch, at least 1; it changes no result. Default 1000.</summary>
    public int EvaluationBatchSize { get; init; } = 1000;

    /// <summary>Evaluates after every so many epochs, and after the last, at least 1. Default 1.</summary>
    public int EvaluateEvery { get; init; } = 1;

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

    /// <summary>Longest gradient, the Euclidean norm over all parameters, above 0; longer ones are shortened. Default null: as they are.</summary>
    public double? GradientClipNorm { get; init; }

    /// <summary>
    /// Share of each label that is spread evenly over all classes, 0 or more and below 1; the training loss that is reported is that of
    /// the smoothed labels. Default 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>When a run stops that no longer gains. Default null: after all epochs.</summary>
    public EarlyStopOptions? EarlyStop { get; init; }

    /// <summary>An exponential moving average of the weights to evaluate and save in place of the weights. Default null: none.</summary>
    public WeightAveragingOptions? WeightAveraging { get; init; }

    /// <summary>What happens when a layer has lost its last weight. Default: a warning.</summary>
    public DeadLayerPolicy DeadLayers { get; init; } = DeadLayerPolicy.Warn;

    /// <summary>The share of zeros to end with; null: what lambda leads to. Default null.</summary>
    public TargetSparsityOptions? TargetSparsity { get; init; }

    /// <summary>Checkpoints that are kept, the newest ones, at least 1. Default 2.</summary>
    public int KeptCheckpoints { get; init; } = 2;

    /// <summary>
    /// Seconds from one checkpoint to the next, above 0; they are saved at the end of every epoch too. Null, with
    /// <see cref="CheckpointEverySteps"/> null as well: so often that saving takes at most about 1 % of the time, and
    /// after the last epoch. Default null.
    /// </summary>
    public double? CheckpointEverySeconds { get; init; }

    /// <summary>Steps from one checkpoint to the next, at least 1; they are saved at the end of every epoch too. Default null: by time.</summary>
    public int? CheckpointEverySteps { get; init; }

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

    /// <summary>The same settings with another share of zeros to end with; bounds of layers stay.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    public SparseTrainerOptions WithTargetSparsity(double share) =>
        this with { TargetSparsity = (TargetSparsity ?? new TargetSparsityOptions { Share = share }) with { Share = share } };

    /// <summary>The same settings with another method; the default schedule gives way to a constant one where the method needs it.</summary>
    /// <param name="method">The method.</param>
    public SparseTrainerOptions WithMethod(MethodOptions method) => this with
    {
        Method = method,
        Schedule = method.NeedsConstantStepSize && Schedule == new CosineSchedule() ? new ConstantSchedule() : Schedule,
    };

    /// <summary>Checks every setting, those of method, schedule and groups included.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(Problems(), "The training settings are out of range");

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(Epochs >= 1, nameof(Epochs), Epochs, "1 or more"),
        SettingProblem.Unless(BatchSize >= 1, nameof(BatchSize), BatchSize, "1 or more"),
        SettingProblem.Unless(EvaluationBatchSize >= 1, nameof(EvaluationBatchSize), EvaluationBatchSize, "1 or more"),
        SettingProblem.UnlessBelowOne(nameof(ValidationShare), ValidationShare),
        SettingProblem.Unless(TrainingImages is null or >= 1, nameof(TrainingImages), TrainingImages ?? 0, "1 or more, or none"),
        SettingProblem.Unless(EvaluateEvery >= 1, nameof(EvaluateEvery), EvaluateEvery, "1 or more"),
        SettingProblem.UnlessPositive(nameof(GradientClipNorm), GradientClipNorm ?? 1),
        SettingProblem.UnlessBelowOne(nameof(LabelSmoothing), LabelSmoothing),
        SettingProblem.Unless(Enum.IsDefined(DeadLayers), nameof(DeadLayers), DeadLayers, "warn, stop, ease or ignore"),
        SettingProblem.Unless(
            EarlyStop is not { NeedsValidation: true } || ValidationShare > 0, nameof(ValidationShare), ValidationShare, "above 0 for an early stop by validation data"),
        .. SettingProblem.Within(nameof(Augmentation), Augmentation.Problems()),
        .. SettingProblem.Within(nameof(EarlyStop), EarlyStop?.Problems() ?? []),
        .. SettingProblem.Within(nameof(WeightAveraging), WeightAveraging?.Problems() ?? []),
        SettingProblem.Unless(Enum.IsDefined(Device), nameof(Device), Device, "cpu or cuda"),
        SettingProblem.Unless(Threads is null or >= 1, nameof(Threads), Threads ?? 0, "1 or more, or none"),
        SettingProblem.UnlessPositive(nameof(StepSize), StepSize ?? 1),
        SettingProblem.OfAttempt(nameof(Regularizer), RegularizerJson.ToJson(Regularizer), () => RegularizerModule.Validate(Regularizer)),
        SettingProblem.Unless(KeptCheckpoints >= 1, nameof(KeptCheckpoints), KeptCheckpoints, "1 or more"),
        SettingProblem.UnlessPositive(nameof(CheckpointEverySeconds), CheckpointEverySeconds ?? 1),
        SettingProblem.Unless(CheckpointEverySteps is null or >= 1, nameof(CheckpointEverySteps), CheckpointEverySteps ?? 0, "1 or more, or none"),
        .. SettingProblem.Within(nameof(Method), Method.Problems()),
        .. SettingProblem.Within(nameof(Schedule), Schedule.Problems()),
        Method.NeedsConstantStepSize && Schedule is not ConstantSchedule
            ? new SettingProblem(nameof(Schedule), Schedule.Name, $"constant: {Method.Name} goes back to its start as the step size falls")
            : null,
        .. groups.SelectMany((group, index) => SettingProblem.Within($"{nameof(Groups)}[{index}]", group.Problems(Regularizer))),
        .. SettingProblem.Within(nameof(TargetSparsity), TargetSparsity?.Problems() ?? []),
        SettingProblem.Unless(
            TargetSparsity is null || Method.HasPenalty || Method.PrunesToTarget, nameof(TargetSparsity), TargetSparsity?.Share ?? 0, $"none: {Method.Name} makes no zeros"),
        Method.PrunesToTarget && TargetSparsity?.Layers.Count > 0
            ? new SettingProblem("TargetSparsity.Layers", $"{TargetSparsity.Layers.Count} bounds", $"none: {Method.Name} ranks the weights of all layers together")
            : null,
        Method.PrunesToTarget && TargetSparsity is null
            ? new SettingProblem(nameof(TargetSparsity), "not set", $"the share of zeros that {Method.Name} prunes to")
            : null,
    ];
}
