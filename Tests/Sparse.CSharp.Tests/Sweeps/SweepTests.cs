using System.Text.Json;
using SparseHybrid.Methods;
using SparseHybrid.Runs;
using SparseHybrid.Schedules;
using SparseHybrid.Sweeps;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Sweeps;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder files = new();
    private readonly SweepRecord record;

    public SweepTests() => record = new SweepRecord
    {
        Sweep = new SweepOptions { Variable = SweepVariable.Lambda, Values = [1e-5, 1e-4], Methods = [new XrdaOptions()], Seeds = [1, 2] },
        Training = new TrainingRunSettings
        {
            Data = "mnist",
            DataFolder = DigitsFolder.Write(files),
            Model = "lenet-300-100",
            RunPath = files.File("unused"),
            Options = new SparseTrainerOptions { Epochs = 3, BatchSize = 32, Threads = 1 },
        },
        Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    public void Dispose() => files.Dispose();

    [Fact]
    public void Each_point_is_trained_with_its_own_value_and_seed_and_all_else_in_common()
    {
        var folder = Create();
        var trainer = new RecordingTrainer();
        var report = Sweep.Run(folder, trainer);

        Assert.True(report.IsComplete);
        Assert.Equal(folder.Plan.Points.Select(folder.PathOf), trainer.Assignments.Select(assignment => assignment.Settings.RunPath));
        var options = trainer.Assignments.Select(assignment => RunFolder.Open(assignment.Settings.RunPath).Record.Options).ToList();
        Assert.Equal([1e-5, 1e-5, 1e-4, 1e-4], options.Select(option => option.Strength));
        Assert.Equal([1, 2, 1, 2], options.Select(option => option.Seed));
        Assert.All(options, option => Assert.Equal((3, 32), (option.Epochs, option.BatchSize)));
        Assert.All(report.Runs, run => Assert.Equal("random", run.Start));
        Assert.Equal([2, 2], report.Front.Select(entry => entry.Seeds));
    }

    [Fact]
    public void A_sweep_that_is_done_trains_nothing_again_and_gives_the_same_report()
    {
        var first = Sweep.Run(Create(), new RecordingTrainer());
        var trainer = new RecordingTrainer();
        var news = new List<SweepProgress>();
        var second = Sweep.Run(SweepFolder.Open(files.File("sweep")), trainer, new Now(news.Add));
        Assert.Empty(trainer.Assignments);
        Assert.Equal(first.Runs, second.Runs);
        Assert.Equal(first.Front, second.Front);
        Assert.All(news, item => Assert.Equal(SweepMoment.Found, item.Moment));
    }

    [Fact]
    public void Cancelling_in_the_middle_and_going_on_gives_the_weights_of_the_sweep_that_was_left_alone()
    {
        Sweep.Run(SweepFolder.Create(files.File("whole"), record), new RecordingTrainer());
        using var source = new CancellationTokenSource();
        var folder = Create();
        Assert.Throws<OperationCanceledException>(() => Sweep.Run(folder, new RecordingTrainer { Stop = (source, 5) }, null, source.Token));
        Assert.Equal(PointState.Finished, folder.Inspect(folder.Plan.Points[0]).State);
        Assert.Equal(PointState.Interrupted, folder.Inspect(folder.Plan.Points[1]).State);
        Assert.Equal(PointState.Waiting, folder.Inspect(folder.Plan.Points[2]).State);

        var trainer = new RecordingTrainer();
        Assert.True(Sweep.Run(folder, trainer).IsComplete);
        Assert.Equal([true, false, false], trainer.Assignments.Select(assignment => assignment.Resume));
        Assert.All(folder.Plan.Points, point => Assert.Equal(
            File.ReadAllBytes(Path.Combine(files.File("whole"), point.Folder, "model.safetensors")),
            File.ReadAllBytes(Path.Combine(folder.PathOf(point), "model.safetensors"))));
    }

    [Fact]
    public void Damaged_runs_are_put_aside_and_begun_anew()
    {
        var folder = Create();
        var before = Sweep.Run(folder, new RecordingTrainer());
        var points = folder.Plan.Points;
        File.WriteAllText(Path.Combine(folder.PathOf(points[0]), "run.json"), "{");
        File.Delete(Path.Combine(folder.PathOf(points[1]), "model.safetensors"));
        Swap(folder.PathOf(points[2]), folder.PathOf(points[3])); // runs of other seeds

        var news = new List<SweepProgress>();
        var after = Sweep.Run(folder, new RecordingTrainer(), new Now(news.Add));
        Assert.Equal(points, news.Where(item => item.Moment == SweepMoment.Redone).Select(item => item.Point));
        Assert.Equal(before.Runs.Select(WithoutTimes), after.Runs.Select(WithoutTimes));
        Assert.Equal("{", File.ReadAllText(Path.Combine(folder.PathOf(points[0]) + ".damaged", "run.json")));
    }

    [Fact]
    public void A_run_that_fails_is_named_and_the_others_go_on()
    {
        var folder = Create();
        var failing = folder.Plan.Points[1];
        var report = Sweep.Run(folder, new RecordingTrainer { Failing = failing.Name });
        Assert.False(report.IsComplete);
        Assert.Equal([new SweepFailure(failing.Folder, "It was told to fail.")], report.Failed);
        Assert.Equal(3, report.Runs.Count);
        Assert.Equal([1, 2], report.Front.Select(entry => entry.Seeds));
        Assert.True(Sweep.Run(folder, new RecordingTrainer()).IsComplete); // it is tried again
    }

    [Fact]
    public void With_warm_starts_a_failure_takes_along_the_runs_that_build_on_it_and_no_others()
    {
        var folder = SweepFolder.Create(files.File("sweep"), record with { Sweep = record.Sweep with { WarmStart = true, Values = [1e-6, 1e-5, 1e-4] } });
        var trainer = new RecordingTrainer { Failing = folder.Plan.Points[0].Name };
        var report = Sweep.Run(folder, trainer);
        Assert.Equal(folder.Plan.Points.Where(point => point.Seed == 1).Select(point => point.Folder), report.Failed.Select(failure => failure.Run));
        Assert.Equal(3, report.Runs.Count);
        Assert.Equal(["random", report.Runs[0].Run, report.Runs[1].Run], report.Runs.Select(run => run.Start));
        Assert.Equal(
            [null, WeightsOf(folder, 1), WeightsOf(folder, 3)],
            trainer.Assignments.Where(item => item.Settings.Options.Seed == 2).Select(item => item.Settings.Weights));
    }

    [Fact]
    public void Weights_that_all_runs_start_from_are_named_in_the_results()
    {
        var first = Sweep.Run(Create(), new RecordingTrainer());
        var weights = Path.Combine(files.File("sweep"), first.Runs[0].Run, "model.safetensors");
        var tuned = record with { Sweep = record.Sweep with { Seeds = [1] }, Training = record.Training with { Weights = weights } };
        Assert.All(Sweep.Run(SweepFolder.Create(files.File("tuned"), tuned), new RecordingTrainer()).Runs, run => Assert.Equal(weights, run.Start));
    }

    [Fact]
    public void A_point_has_the_settings_of_its_method_and_of_what_varies()
    {
        var sweep = record.Sweep with { Methods = [new XrdaOptions { WeightDecay = 0.25 }, new RdaOptions()], Seeds = [5] };
        var along = SweepFolder.Create(files.File("lambda"), record with { Sweep = sweep });
        var (first, second) = (along.SettingsOf(along.Plan.Points[0]).Options, along.SettingsOf(along.Plan.Points[1]).Options);
        Assert.Equal(new XrdaOptions { WeightDecay = 0.25 }, first.Method);
        Assert.Equal((new RdaOptions(), new ConstantSchedule()), (second.Method, second.Schedule)); // RDA has no use for a falling step size
        Assert.Equal((1e-5, 5L, null), (second.Strength, second.Seed, second.TargetSparsity));

        var shares = record with { Sweep = sweep with { Variable = SweepVariable.TargetSparsity, Values = [0.9] } };
        var towards = SweepFolder.Create(files.File("shares"), shares);
        Assert.Equal(0.9, towards.SettingsOf(towards.Plan.Points[0]).Options.TargetSparsity!.Share);
    }

    [Fact]
    public void Two_processes_cannot_work_on_one_sweep()
    {
        var folder = Create();
        using var claim = folder.Claim();
        Assert.Throws<RunException>(() => Sweep.Run(folder, new RecordingTrainer()));
    }

    [Fact]
    public void The_record_comes_back_as_it_was_written()
    {
        Create();
        var read = SweepFolder.Open(files.File("sweep")).Record;
        Assert.Equal(record.Training, read.Training);
        Assert.Equal(JsonSerializer.Serialize(record.Sweep), JsonSerializer.Serialize(read.Sweep));
        Assert.Equal(record.Started, read.Started);
    }

    [Fact]
    public void Places_are_kept_so_that_the_sweep_can_be_resumed_from_anywhere()
    {
        var relative = record with { Training = record.Training with { DataFolder = "data", Weights = "weights.safetensors" } };
        var kept = SweepFolder.Create(files.File("sweep"), relative).Record.Training;
        Assert.Equal((Path.GetFullPath("data"), Path.GetFullPath("weights.safetensors")), (kept.DataFolder, kept.Weights));
        Assert.Equal(kept, SweepFolder.Open(files.File("sweep")).Record.Training);
    }

    [Theory]
    [InlineData("{", "Cannot read")]
    [InlineData("""{"format":9}""", "Cannot read")]
    public void A_record_that_cannot_be_read_is_refused(string text, string words)
    {
        Create();
        File.WriteAllText(Path.Combine(files.File("sweep"), "sweep.json"), text);
        Assert.Contains(words, Assert.Throws<RunException>(() => SweepFolder.Open(files.File("sweep"))).Message);
    }

    [Fact]
    public void A_folder_that_exists_is_left_alone()
    {
        Directory.CreateDirectory(files.File("sweep"));
        Assert.Contains("already exists", Assert.Throws<RunException>(Create).Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(files.File("sweep")));
    }

    private static SweepRun WithoutTimes(SweepRun run) => run with { Seconds = 0, ProcessorSeconds = null };

    private SweepFolder Create() => SweepFolder.Create(files.File("sweep"), record);

    private static string WeightsOf(SweepFolder folder, int index) => RunFolder.Open(folder.PathOf(folder.Plan.Points[index])).ModelPath;

    private static void Swap(string one, string other)
    {
        Directory.Move(one, one + ".tmp");
        Directory.Move(other, one);
        Directory.Move(one + ".tmp", other);
    }

    /// <summary>Calls back at once, on the thread that reports.</summary>
    private sealed class Now(Action<SweepProgress> report) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => report(value);
    }
}
