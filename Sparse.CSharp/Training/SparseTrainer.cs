using SparseHybrid.Data;
using SparseHybrid.Optimizers;
using SparseHybrid.Runs;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Training;

/// <summary>
/// Trains a classifier so that its weights come out sparse. Nothing is printed. The same seed and settings on the same
/// machine give the same bits, also when a run was interrupted and resumed.
/// </summary>
public sealed class SparseTrainer
{
    private readonly Module<torch.Tensor, torch.Tensor> model;
    private readonly TrainingSetup setup;

    /// <summary>A trainer for a network.</summary>
    /// <param name="model">Gives logits [B, classes] for inputs [B, ...]. Moved to the device of the options, trained in place, borrowed.</param>
    /// <param name="options">Settings, checked here.</param>
    /// <param name="run">Where metrics and checkpoints go; null: nowhere.</param>
    /// <param name="policy">Which parameters the penalty applies to; null: <see cref="RegularizationPolicy.WeightsOnly"/>.</param>
    /// <param name="callbacks">Called in this order.</param>
    /// <param name="clock">Measures the time that training takes; null: the system's.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public SparseTrainer(
        Module<torch.Tensor, torch.Tensor> model,
        SparseTrainerOptions options,
        RunFolder? run = null,
        RegularizationPolicy? policy = null,
        IEnumerable<ITrainerCallback>? callbacks = null,
        TimeProvider? clock = null)
    {
        options.Validate();
        this.model = model;
        setup = new TrainingSetup(options, run, policy ?? RegularizationPolicy.WeightsOnly, [.. callbacks ?? []], clock ?? TimeProvider.System);
    }

    /// <summary>Trains until the epochs are done.</summary>
    /// <param name="data">Images to learn from and to judge by; neither changed nor disposed.</param>
    /// <param name="progress">Told where the run is, at most ten times a second and at the end of each epoch.</param>
    /// <param name="cancellationToken">Stops training after the step under way.</param>
    /// <exception cref="OperationCanceledException">
    /// Cancelled. The step under way was finished and, with a run folder, a checkpoint of it is complete.
    /// </exception>
    /// <exception cref="NonFiniteException">The loss or a gradient became infinite or NaN. The checkpoint before that is complete.</exception>
    /// <exception cref="DeviceException">The device asked for is not there.</exception>
    /// <exception cref="RunException">The run folder cannot be written.</exception>
    public TrainingReport Fit(TrainAndTest data, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        OnDevice(data, sources => Run(checkpoint: null, sources, progress, cancellationToken));

    /// <summary>As the other <c>Fit</c>, over batches of any kind.</summary>
    /// <param name="training">Batches to learn from, on the device of the options; their size is that of the source.</param>
    /// <param name="test">Batches to judge by, on the same device.</param>
    /// <param name="progress">Told where the run is, at most ten times a second and at the end of each epoch.</param>
    /// <param name="cancellationToken">Stops training after the step under way.</param>
    /// <param name="validation">Batches held out from the training data, on the same device, for an early stop; null: none.</param>
    /// <exception cref="OperationCanceledException">
    /// Cancelled. The step under way was finished and, with a run folder, a checkpoint of it is complete.
    /// </exception>
    /// <exception cref="NonFiniteException">The loss or a gradient became infinite or NaN. The checkpoint before that is complete.</exception>
    public TrainingReport Fit(
        IBatchSource training,
        IBatchSource test,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default,
        IBatchSource? validation = null) =>
        Run(checkpoint: null, new BatchSources(training, test, validation), progress, cancellationToken);

    /// <summary>Goes on from a checkpoint, to the same bits as if the run had never stopped.</summary>
    /// <param name="checkpoint">Written by a run of these settings; neither changed nor disposed.</param>
    /// <param name="data">The data of that run; neither changed nor disposed.</param>
    /// <param name="progress">Told where the run is, at most ten times a second and at the end of each epoch.</param>
    /// <param name="cancellationToken">Stops training after the step under way.</param>
    /// <exception cref="CheckpointException">The checkpoint does not fit the model or the settings.</exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled. The step under way was finished and, with a run folder, a checkpoint of it is complete.
    /// </exception>
    /// <exception cref="NonFiniteException">The loss or a gradient became infinite or NaN. The checkpoint before that is complete.</exception>
    public TrainingReport Resume(
        Checkpoint checkpoint,
        TrainAndTest data,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        OnDevice(data, sources => Run(checkpoint, sources, progress, cancellationToken));

    /// <summary>As the other <c>Resume</c>, over batches of any kind.</summary>
    /// <param name="checkpoint">Written by a run of these settings; neither changed nor disposed.</param>
    /// <param name="training">The batches of that run.</param>
    /// <param name="test">Batches to judge by, on the same device.</param>
    /// <param name="progress">Told where the run is, at most ten times a second and at the end of each epoch.</param>
    /// <param name="cancellationToken">Stops training after the step under way.</param>
    /// <param name="validation">Batches held out from the training data, on the same device, for an early stop; null: none.</param>
    /// <exception cref="CheckpointException">The checkpoint does not fit the model or the settings.</exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled. The step under way was finished and, with a run folder, a checkpoint of it is complete.
    /// </exception>
    /// <exception cref="NonFiniteException">The loss or a gradient became infinite or NaN. The checkpoint before that is complete.</exception>
    public TrainingReport Resume(
        Checkpoint checkpoint,
        IBatchSource training,
        IBatchSource test,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default,
        IBatchSource? validation = null) =>
        Run(checkpoint, new BatchSources(training, test, validation), progress, cancellationToken);

    /// <summary>
    /// Sets the number of threads, also where it is libtorch's own choice: a BLAS library beneath it may have made another
    /// one, and bits depend on it.
    /// </summary>
    internal static void UseThreads(SparseTrainerOptions options) => torch.set_num_threads(options.Threads ?? torch.get_num_threads());

    private TrainingReport Run(
        Checkpoint? checkpoint,
        BatchSources sources,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var device = setup.Options.Device.Open();
        UseThreads(setup.Options);
        if (setup.Options.ValidationShare > 0 && sources.Validation is null)
        {
            throw new ArgumentException(
                $"{nameof(SparseTrainerOptions.ValidationShare)} is {setup.Options.ValidationShare}, but batches cannot be divided: give the held-out part as its own batches.");
        }

        model.to(device);
        using var memory = ReusedMemory.Begin();
        using var loop = new TrainingLoop(model, setup, sources, progress);
        if (checkpoint is not null)
        {
            loop.Restore(checkpoint);
        }

        return loop.Run(cancellationToken);
    }

    private TrainingReport OnDevice(TrainAndTest data, Func<BatchSources, TrainingReport> run)
    {
        var options = setup.Options;
        var device = options.Device.Open();
        using var parts = new TrainingParts(data.Train, options.ValidationShare, options.TrainingImages, options.Seed);
        return run(new BatchSources(Training(parts.ToLearn), InOrder(data.Test), parts.HeldOut is { } heldOut ? InOrder(heldOut) : null));

        IBatchSource Training(LabelledImages images) => PrefetchedBatches.WhereItHelps(
            ImageBatches.Shuffled(images, options.BatchSize, options.Seed, options.Augmentation, options.DropLastBatch), device);

        IBatchSource InOrder(LabelledImages images) => PrefetchedBatches.WhereItHelps(ImageBatches.InOrder(images, options.EvaluationBatchSize), device);
    }
}
