using SparseHybrid.Data;
using SparseHybrid.Models;
using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TrainingRunSettings settings;

    public TrainingRunTests() => settings = new TrainingRunSettings
    {
        Data = "mnist",
        DataFolder = DigitsFolder.Write(folder),
        Model = "lenet-300-100",
        RunPath = folder.File("run"),
        Options = new SparseTrainerOptions
        {
            Epochs = 4,
            BatchSize = 32, // 7 batches an epoch, the last of 8
            CheckpointEverySteps = 5,
        }.WithStrength(1e-5),
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_leaves_its_record_metrics_checkpoints_and_weights()
    {
        var report = TrainingRun.Start(settings);

        var run = RunFolder.Open(settings.RunPath);
        Assert.Equal(report, run.Record.Result);
        Assert.Equal(settings.Options, run.Record.Options);
        Assert.Equal(("xrda", "mnist", "lenet-300-100"), (run.Record.Method, run.Record.Data.Name, run.Record.Model.Name));
        Assert.Equal(4, File.ReadAllLines(run.MetricsPath).Length);
        Assert.Equal(["step-0000000025.safetensors", "step-0000000028.safetensors"], run.Checkpoints.Paths.Select(path => Path.GetFileName(path)));
        Assert.Empty(Directory.GetFiles(settings.RunPath, "*.partial", SearchOption.AllDirectories));
        using var model = run.LoadModel();
        Assert.Equal(report.Nonzeros, SparsityCount.Of(model).Nonzeros);
        Assert.InRange(report.TestAccuracy, 0.9, 1);
    }

    [Theory]
    [InlineData("lenet-300-100", 1)]
    [InlineData("lenet-5", 1)]
    [InlineData("resnet-20", 0.25)] // with batch norm, residual blocks and a size of one's own
    public void Models_of_every_kind_train_and_come_back(string name, double width)
    {
        DigitsFolder.Write(folder, size: 28);
        var options = settings.Options with { Epochs = 10, StepSize = 0.5 };
        var model = new ModelSettings { Width = width };
        var report = TrainingRun.Start(settings with { Model = name, ModelSettings = model, RunPath = folder.File(name), Options = options });

        Assert.InRange(report.TestAccuracy, 0.9, 1);
        Assert.InRange(report.Sparsity, 0.01, 0.999);
        using var trained = RunFolder.Open(folder.File(name)).LoadModel();
        Assert.Equal(report.Nonzeros, SparsityCount.Of(trained).Nonzeros);
    }

    [Fact]
    public void Hidden_widths_are_part_of_the_record()
    {
        var hidden = new ModelSettings { HiddenWidths = [7, 5] };
        TrainingRun.Start(settings with { Model = "mlp", ModelSettings = hidden, Options = settings.Options with { Epochs = 1 } });

        var run = RunFolder.Open(settings.RunPath);
        using var model = run.LoadModel();

        Assert.Equal([7, 5], run.Record.Model.Settings.HiddenWidths!);
        Assert.Equal([5, 7], model.get_parameter("fc2.weight")!.shape);
    }

    [Fact]
    public void Images_too_small_for_the_model_are_an_error_that_names_the_data()
    {
        var error = Assert.Throws<DataException>(() => TrainingRun.Start(settings with { Model = "vgg-16" }));

        Assert.Contains($"at least 16 x 16; these are {DigitsFolder.Size} x {DigitsFolder.Size}", error.Message);
        Assert.Contains(folder.Path, error.Message);
        Assert.False(Directory.Exists(settings.RunPath));
    }

    [Fact]
    public void The_same_seed_gives_the_same_metrics_and_weights()
    {
        TrainingRun.Start(settings);
        TrainingRun.Start(settings with { RunPath = folder.File("again") });

        RunResults.AssertSame(settings.RunPath, folder.File("again"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(27)]
    public void A_run_that_is_cancelled_and_resumed_equals_one_that_was_not(int cancelAtStep)
    {
        TrainingRun.Start(settings);
        var interrupted = settings with { RunPath = folder.File("interrupted") };

        CancelAt(interrupted, cancelAtStep);
        Assert.False(File.Exists(RunFolder.Open(interrupted.RunPath).ModelPath));
        TrainingRun.Resume(interrupted.RunPath);

        RunResults.AssertSame(settings.RunPath, interrupted.RunPath);
    }

    [Fact]
    public void A_run_resumes_from_the_checkpoint_before_a_damaged_one()
    {
        TrainingRun.Start(settings);
        var interrupted = settings with { RunPath = folder.File("interrupted") };
        CancelAt(interrupted, step: 10);
        var newest = RunFolder.Open(interrupted.RunPath).Checkpoints.Paths[^1];
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..1000]);
        var damaged = new List<string>();

        TrainingRun.Resume(interrupted.RunPath, damaged: error => damaged.Add(error.Path));

        Assert.Equal([newest], damaged);
        RunResults.AssertSame(settings.RunPath, interrupted.RunPath);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(28)]
    public void A_run_that_ended_right_after_a_checkpoint_goes_on_from_it(int step)
    {
        TrainingRun.Start(settings);
        var ended = settings with { RunPath = folder.File("ended") };
        var end = new MomentRecorder { AtCheckpoint = path => ThrowAt(path, step) };

        Assert.Throws<InvalidOperationException>(() => TrainingRun.Start(ended, callbacks: [end]));
        TrainingRun.Resume(ended.RunPath);

        RunResults.AssertSame(settings.RunPath, ended.RunPath);
    }

    [Fact]
    public void A_run_that_a_callback_stopped_ends_there_also_when_it_was_killed_before_its_model_was_written()
    {
        TrainingRun.Start(settings, callbacks: [new MomentRecorder { LastEpoch = 2 }]);
        var killed = settings with { RunPath = folder.File("killed") };
        var end = new MomentRecorder { LastEpoch = 2, AtEnd = () => throw new InvalidOperationException("killed") };
        Assert.Throws<InvalidOperationException>(() => TrainingRun.Start(killed, callbacks: [end]));

        var report = TrainingRun.Resume(killed.RunPath);

        Assert.Equal((2, StopReason.CallbackAsked), (report.Epochs, report.StopReason));
        RunResults.AssertSame(settings.RunPath, killed.RunPath);
    }

    [Fact]
    public void A_run_starts_from_weights_that_are_named_and_only_from_the_same_ones_again()
    {
        TrainingRun.Start(settings);
        var weights = RunFolder.Open(settings.RunPath).ModelPath;
        var (whole, killed) = (settings with { RunPath = folder.File("whole"), Weights = weights }, settings with { RunPath = folder.File("killed"), Weights = weights });
        TrainingRun.Start(whole);
        Assert.Throws<InvalidOperationException>(() => TrainingRun.Start(killed, callbacks: [new MomentRecorder { AtCheckpoint = path => ThrowAt(path, 0) }]));
        Array.ForEach([.. RunFolder.Open(killed.RunPath).Checkpoints.Paths], File.Delete);

        TrainingRun.Resume(killed.RunPath);

        RunResults.AssertSame(whole.RunPath, killed.RunPath);
        Assert.NotEqual(File.ReadAllBytes(weights), File.ReadAllBytes(RunFolder.Open(whole.RunPath).ModelPath));
        Assert.Equal(weights, RunFolder.Open(whole.RunPath).Record.Weights!.File);
        using var network = RunFolder.Open(whole.RunPath).LoadModel();
        var before = StartingWeights.Load(network, weights);
        ModelWeights.Save(network, weights, new Dictionary<string, string> { ["model"] = "another" });
        Assert.Contains("other weights", Assert.Throws<CheckpointException>(() => before.LoadAgain(network)).Message);
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_passed_over()
    {
        TrainingRun.Start(settings);
        var (interrupted, other) = (settings with { RunPath = folder.File("interrupted") }, settings with { RunPath = folder.File("other") });
        CancelAt(interrupted, step: 10);
        TrainingRun.Start(other with { Options = other.Options with { BatchSize = 31 } });
        var foreign = Path.Combine(interrupted.RunPath, "checkpoints", "step-0000000020.safetensors");
        File.Copy(RunFolder.Open(other.RunPath).Checkpoints.Paths[0], foreign);
        var passedOver = new List<CheckpointException>();

        TrainingRun.Resume(interrupted.RunPath, damaged: passedOver.Add);

        Assert.Equal(foreign, Assert.Single(passedOver).Path);
        Assert.Contains("settings differ", passedOver[0].Message);
        RunResults.AssertSame(settings.RunPath, interrupted.RunPath);
    }

    [Fact]
    public void A_run_that_was_killed_before_its_first_checkpoint_resumes_from_the_start()
    {
        TrainingRun.Start(settings);
        var killed = settings with { RunPath = folder.File("killed") };
        CancelAt(killed, step: 3);
        foreach (var path in RunFolder.Open(killed.RunPath).Checkpoints.Paths)
        {
            File.Move(path, path + AtomicFile.PartialSuffix);
        }

        TrainingRun.Resume(killed.RunPath);

        RunResults.AssertSame(settings.RunPath, killed.RunPath);
    }

    [Theory]
    [InlineData("metrics.jsonl")]
    [InlineData("model.safetensors")]
    [InlineData("run.json")]
    public void A_run_that_was_killed_after_its_last_step_is_completed(string notWritten)
    {
        TrainingRun.Start(settings);
        var killed = settings with { RunPath = folder.File("killed") };
        TrainingRun.Start(killed);
        using (var run = RunFolder.OpenToResume(killed.RunPath))
        {
            run.WriteRecord(run.Record with { Result = null });
            if (notWritten != "run.json")
            {
                File.Delete(run.ModelPath);
            }

            if (notWritten == "metrics.jsonl")
            {
                File.WriteAllLines(run.MetricsPath, File.ReadAllLines(run.MetricsPath)[..^1]);
            }
        }

        var report = TrainingRun.Resume(killed.RunPath);

        Assert.Equal(4, report.Epochs);
        Assert.Equal(report, RunFolder.Open(killed.RunPath).Record.Result);
        RunResults.AssertSame(settings.RunPath, killed.RunPath);
    }

    [Fact]
    public void A_run_in_use_is_refused()
    {
        CancelAt(settings, step: 3);
        using var other = RunFolder.OpenToResume(settings.RunPath);

        Assert.Contains("in use", Assert.Throws<RunException>(() => TrainingRun.Resume(settings.RunPath)).Message);
    }

    [Fact]
    public void A_run_that_is_done_cannot_be_resumed()
    {
        TrainingRun.Start(settings);

        Assert.Contains("The run is done", Assert.Throws<RunException>(() => TrainingRun.Resume(settings.RunPath)).Message);
    }

    [Fact]
    public void An_existing_folder_is_refused_and_left_as_it_is()
    {
        TrainingRun.Start(settings);
        var before = File.ReadAllText(Path.Combine(settings.RunPath, "run.json"));

        Assert.Throws<RunException>(() => TrainingRun.Start(settings));
        Assert.Equal(before, File.ReadAllText(Path.Combine(settings.RunPath, "run.json")));
    }

    [Fact]
    public void What_is_wrong_with_the_request_leaves_nothing_behind()
    {
        Assert.Throws<ArgumentException>(() => TrainingRun.Start(settings with { Model = "unknown" }));
        Assert.Throws<ArgumentException>(() => TrainingRun.Start(settings with { Data = "unknown" }));
        Assert.Throws<ArgumentException>(() => TrainingRun.Start(settings with { ModelSettings = new ModelSettings { Width = 2 } }));
        Assert.Throws<DataException>(() => TrainingRun.Start(settings with { Model = "lenet-5" })); // the images are too small
        Assert.Throws<ArgumentException>(() => TrainingRun.Start(settings with { Options = settings.Options with { BatchSize = 0 } }));
        Assert.Throws<DataException>(() => TrainingRun.Start(settings with { DataFolder = folder.File("absent") }));
        Assert.Throws<RunException>(() => TrainingRun.Start(settings with { RunPath = Path.Combine(folder.Write("file", [1]), "run") }));

        Assert.False(Path.Exists(settings.RunPath));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "*.partial"));
    }

    private static void ThrowAt(string checkpoint, int step)
    {
        if (checkpoint.Contains($"step-{step:D10}", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("killed");
        }
    }

    /// <summary>As <see cref="TrainingRun.Start"/>, with a signal to stop during a step.</summary>
    private static void CancelAt(TrainingRunSettings settings, int step)
    {
        using var data = ImageDatasets.Load(settings.Data, settings.DataFolder);
        torch.manual_seed(settings.Options.Seed);
        using var model = ModelCatalog.Create(settings.Model, data.Train.Classes, data.Train.InputShape);
        var record = RunRecords.Small() with
        {
            Options = settings.Options,
            Data = DataDescription.Of(data),
        };
        using var cancellation = new CancellationTokenSource();
        var shuffled = ImageBatches.Shuffled(data.Train, settings.Options.BatchSize, settings.Options.Seed);
        var training = new CancellingBatches(shuffled, step, cancellation);
        var test = ImageBatches.InOrder(data.Test, settings.Options.EvaluationBatchSize);
        using var run = RunFolder.Create(settings.RunPath, record);
        var trainer = new SparseTrainer(model, settings.Options, run);

        Assert.Throws<OperationCanceledException>(() => trainer.Fit(training, test, cancellationToken: cancellation.Token));
        using var checkpoint = RunFolder.Open(settings.RunPath).Checkpoints.LoadNewest();
        Assert.Equal(step, checkpoint.Position.Step);
    }
}
