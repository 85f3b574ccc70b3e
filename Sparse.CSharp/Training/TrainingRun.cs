using SparseHybrid.Data;
using SparseHybrid.Models;
using SparseHybrid.Runs;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Training;

/// <summary>What a run consists of, by names.</summary>
public sealed record TrainingRunSettings
{
    /// <summary>One of <see cref="ImageDatasets.Names"/>.</summary>
    public required string Data { get; init; }

    /// <summary>Where the data's files are; null: its default folder. For numpy a .npz file, or a folder of .npy files.</summary>
    public string? DataFolder { get; init; }

    /// <summary>How arrays of the user's own are named and laid out; null for other data.</summary>
    public NumpyOptions? Numpy { get; init; }

    /// <summary>One of <see cref="ModelCatalog.Names"/>.</summary>
    public required string Model { get; init; }

    /// <summary>Sizes of the model that may be chosen. Default: the published ones.</summary>
    public ModelSettings ModelSettings { get; init; } = new();

    /// <summary>A safetensors file of weights to start from, as <see cref="ModelWeights.Load"/> takes it; null: random ones.</summary>
    public string? Weights { get; init; }

    /// <summary>The run folder to make; nothing of that name may exist.</summary>
    public required string RunPath { get; init; }

    /// <summary>Settings of the training.</summary>
    public required SparseTrainerOptions Options { get; init; }
}

/// <summary>A whole run: data, model, training, and the folder that tells of it.</summary>
public static class TrainingRun
{
    /// <summary>Checks everything, trains, and writes the run folder.</summary>
    /// <param name="settings">What to train.</param>
    /// <param name="progress">Told where the run is, at most ten times a second and at the end of each epoch.</param>
    /// <param name="callbacks">Called in this order.</param>
    /// <param name="cancellationToken">Stops training after the step under way.</param>
    /// <exception cref="ArgumentException">A name is unknown or a setting out of range.</exception>
    /// <exception cref="SparseHybridException">
    /// Data, device or folder are not as they should be, or training met values that are not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; <see cref="Resume"/> goes on from the checkpoint.</exception>
    public static TrainingReport Start(
        TrainingRunSettings settings,
        IProgress<TrainingProgress>? progress = null,
        IEnumerable<ITrainerCallback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        Check(settings);
        using var data = ImageDatasets.Load(settings.Data, settings.DataFolder, settings.Numpy);
        SparseTrainer.UseThreads(settings.Options);
        torch.manual_seed(settings.Options.Seed);
        var record = Describe(settings, data);
        using var model = BuildModel(record);
        record = record with { Weights = settings.Weights is null ? null : StartingWeights.Load(model, settings.Weights) };
        using var run = RunFolder.Create(settings.RunPath, record);
        var report = new SparseTrainer(model, settings.Options, run, callbacks: callbacks).Fit(data, progress, cancellationToken);
        return Finish(run, model, report);
    }

    /// <summary>
    /// Goes on with a run that was interrupted, to the same bits as if it had not been: from its newest checkpoint, or from
    /// the start when it was killed before its first.
    /// </summary>
    /// <param name="runPath">Its folder.</param>
    /// <param name="progress">Told where the run is, at most ten times a second and at the end of each epoch.</param>
    /// <param name="callbacks">Called in this order.</param>
    /// <param name="damaged">Called for each newer checkpoint that is damaged or of other settings, and passed over.</param>
    /// <param name="cancellationToken">Stops training after the step under way.</param>
    /// <exception cref="SparseHybridException">Folder, checkpoints, data or device are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; it can be resumed again.</exception>
    public static TrainingReport Resume(
        string runPath,
        IProgress<TrainingProgress>? progress = null,
        IEnumerable<ITrainerCallback>? callbacks = null,
        Action<CheckpointException>? damaged = null,
        CancellationToken cancellationToken = default)
    {
        using var run = RunFolder.OpenToResume(runPath);
        if (run.Record.Result is not null)
        {
            throw new RunException(run.Path, $"Cannot resume '{run.Path}'.", "The run is done.", "Start a new run with more epochs.");
        }

        // Bits depend on the number of threads: the run goes on with as many as it started with.
        var options = run.Record.Options with { Threads = run.Record.Environment.Threads };
        options.Device.Open();
        using var data = ImageDatasets.Load(run.Record.Data);
        SparseTrainer.UseThreads(options);
        torch.manual_seed(options.Seed);
        using var model = run.BuildModel();
        var trainer = new SparseTrainer(model, options, run, callbacks: callbacks);
        return Finish(run, model, GoOn(trainer));

        TrainingReport GoOn(SparseTrainer trainer)
        {
            if (run.Checkpoints.Paths.Count == 0)
            {
                run.Record.Weights?.LoadAgain(model); // it was killed before its first checkpoint
                return trainer.Fit(data, progress, cancellationToken);
            }

            using var checkpoint = run.Checkpoints.LoadNewest(found => CheckpointContents.CheckFit(found, options, model), damaged);
            return trainer.Resume(checkpoint, data, progress, cancellationToken);
        }
    }

    private static void Check(TrainingRunSettings settings)
    {
        settings.Options.Validate();
        ModelCatalog.CheckSettings(settings.Model, settings.ModelSettings);
        RunFolder.CheckFree(settings.RunPath);
        settings.Options.Device.Open();
    }

    private static Module<torch.Tensor, torch.Tensor> BuildModel(RunRecord record)
    {
        try
        {
            return ModelCatalog.Create(record.Model);
        }
        catch (ArgumentException error)
        {
            throw new DataException(
                record.Data.Folder,
                what: $"The data in '{record.Data.Folder}' do not fit the model '{record.Model.Name}'.",
                why: error.Message,
                fix: "Choose another model or other data.",
                inner: error);
        }
    }

    private static RunRecord Describe(TrainingRunSettings settings, TrainAndTest data) => new()
    {
        Method = settings.Options.Method.Name,
        Model = new ModelDescription(settings.Model, data.Train.Classes, data.Train.InputShape) { Settings = settings.ModelSettings },
        Data = DataDescription.Of(data, settings.Numpy),
        Options = settings.Options,
        Environment = RunEnvironment.Current(),
        Started = TimeProvider.System.GetUtcNow(),
    };

    private static TrainingReport Finish(RunFolder run, Module<torch.Tensor, torch.Tensor> model, TrainingReport report)
    {
        run.SaveModel(model);
        run.WriteRecord(run.Record with { Result = report });
        return report;
    }
}
