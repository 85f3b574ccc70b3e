using System.Text.Json;
using System.Text.Json.Nodes;
using SparseHybrid.Methods;
using SparseHybrid.Models;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Runs;
using SparseHybrid.Schedules;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read_back()
    {
        var record = RunRecords.Small();
        var options = record.Options with
        {
            Method = new RmdaOptions { Mixing = 1.0 / 3 },
            StepSize = 1.0 / 7,
            Regularizer = Regularizers.GroupLasso(1.0 / 3, Grouping.Kernel),
            Schedule = new HalvingSchedule { Milestones = [1, 1.5], WarmUpEpochs = 0.25 },
            Groups = [new ParameterGroup { Pattern = "fc*", Strength = 0.1, Grouping = Groupings.Block(2, 2), Policy = RegularizationPolicy.Everything }],
            Threads = 2,
        };
        record = record with { Options = options };

        RunFolder.Create(folder.File("run"), record);
        var read = RunFolder.Open(folder.File("run")).Record;

        Assert.Equal(record.Options, read.Options);
        Assert.Equal(record.Environment, read.Environment);
        Assert.Equivalent(record.Data, read.Data, strict: true);
        Assert.Equal(record.Model.InputShape, read.Model.InputShape);
        Assert.Equal(record.Started, read.Started);
        Assert.Null(read.Result);
    }

    [Fact]
    public void The_single_mean_and_deviation_of_earlier_releases_are_those_of_the_one_channel()
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());
        var path = Path.Combine(run.Path, "run.json");
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!;
        var data = json["data"]!.AsObject();
        (data["mean"], data["standardDeviation"]) = (0.1307, 0.3081);
        Assert.True(data.Remove("scale"));
        File.WriteAllText(path, json.ToJsonString());

        var read = RunFolder.Open(run.Path).Record.Data;

        Assert.Equivalent(RunRecords.Small().Data, read, strict: true);
    }

    public static TheoryData<Grouping> GroupingsWithAndWithoutNumbers =>
    [
        Grouping.Element,
        Grouping.OutputFilter,
        Grouping.Row,
        Grouping.Column,
        Groupings.InputChannel(2),
        Groupings.Block(4, 16),
    ];

    [Theory]
    [MemberData(nameof(GroupingsWithAndWithoutNumbers))]
    public void Every_grouping_is_read_back(Grouping grouping)
    {
        var record = RunRecords.Small();
        record = record with { Options = record.Options with { Groups = [new ParameterGroup { Pattern = "*", Grouping = grouping }] } };

        RunFolder.Create(folder.File("run"), record);

        Assert.Equal(grouping, RunFolder.Open(folder.File("run")).Record.Options.Groups[0].Grouping);
    }

    [Fact]
    public void A_folder_that_exists_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(folder.File("run"));

        Assert.Contains("already exists", Assert.Throws<RunException>(() => RunFolder.Create(folder.File("run"), RunRecords.Small())).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("run")));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_a_clear_error()
    {
        folder.Write("file", [1]);

        var error = Assert.Throws<RunException>(() => RunFolder.Create(Path.Combine(folder.File("file"), "run"), RunRecords.Small()));

        Assert.Contains("Cannot create the run folder", error.Message);
    }

    [Fact]
    public void A_folder_in_use_can_be_read_but_not_resumed()
    {
        using (RunFolder.Create(folder.File("run"), RunRecords.Small()))
        {
            Assert.Null(RunFolder.Open(folder.File("run")).Record.Result);
            Assert.Contains("in use", Assert.Throws<RunException>(() => RunFolder.OpenToResume(folder.File("run"))).Message);
        }

        using var resumed = RunFolder.OpenToResume(folder.File("run"));
        Assert.Contains("in use", Assert.Throws<RunException>(() => RunFolder.OpenToResume(folder.File("run"))).Message);
    }

    [Fact]
    public void What_a_killed_process_left_unfinished_is_removed_when_the_run_goes_on()
    {
        RunFolder.Create(folder.File("run"), RunRecords.Small()).Dispose();
        foreach (var name in new[] { "run.json", "metrics.jsonl", "model.safetensors", "checkpoints/step-0000000007.safetensors", "mine" })
        {
            folder.Write($"run/{name}.partial", [1, 2, 3]);
        }

        RunFolder.OpenToResume(folder.File("run")).Dispose();

        Assert.Equal(
            ["mine.partial"],
            Directory.GetFiles(folder.Path, "*.partial", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void What_is_left_of_a_folder_whose_making_was_killed_is_taken_over()
    {
        Directory.CreateDirectory(folder.File("run.partial/checkpoints"));
        folder.Write("run.partial/run.json.partial", [1, 2, 3]);
        folder.Write("run.partial/.lock", []);

        RunFolder.Create(folder.File("run"), RunRecords.Small()).Dispose();

        Assert.Equal([folder.File("run")], Directory.GetFileSystemEntries(folder.Path));
        Assert.Null(RunFolder.Open(folder.File("run")).Record.Result);
    }

    [Fact]
    public void A_folder_that_another_process_is_making_is_refused_and_left_to_it()
    {
        Directory.CreateDirectory(folder.File("run.partial"));
        using var other = RunLock.Take(folder.File("run.partial"), folder.File("run"));

        var error = Assert.Throws<RunException>(() => RunFolder.Create(folder.File("run"), RunRecords.Small()));

        Assert.Contains("Another process", error.Message);
        Assert.True(File.Exists(folder.File("run.partial/.lock")));
    }

    [Fact]
    public void A_folder_of_somebody_else_under_the_unfinished_name_is_left_alone()
    {
        Directory.CreateDirectory(folder.File("run.partial"));
        folder.Write("run.partial/precious", [1]);

        var error = Assert.Throws<RunException>(() => RunFolder.Create(folder.File("run"), RunRecords.Small()));

        Assert.Contains("precious", error.Message);
        Assert.Equal([folder.File("run.partial/precious")], Directory.GetFileSystemEntries(folder.File("run.partial")));
    }

    [Fact]
    public void A_folder_of_something_else_is_not_a_run_and_stays_as_it_is()
    {
        Assert.Contains("is not a run folder", Assert.Throws<RunException>(() => RunFolder.OpenToResume(folder.Path)).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("{}", "format is 0")]
    [InlineData("[]", "format is 0")]
    [InlineData("""{"format": "2"}""", "format is 0")]
    [InlineData("""{"format": 99}""", "format is 99")]
    [InlineData("""{"format": 1}""", "format is 1")]
    [InlineData("""{"format": 2}""", "missing required properties")]
    [InlineData("{", "Cannot read")]
    public void A_record_that_cannot_be_read_is_refused(string json, string complaint)
    {
        File.WriteAllText(folder.File("run.json"), json);

        Assert.Contains(complaint, Assert.Throws<RunException>(() => RunFolder.Open(folder.Path)).Message);
    }

    [Fact]
    public void Metrics_have_a_line_of_json_for_each_epoch()
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());
        run.WriteMetrics([RunRecords.Epoch(1), RunRecords.Epoch(2)]);

        var lines = File.ReadAllLines(run.MetricsPath);

        Assert.Equal(2, lines.Length);
        var second = JsonNode.Parse(lines[1])!.AsObject();
        string[] keys = ["epoch", "step", "trainLoss", "testLoss", "testAccuracy", "sparsity", "nonzeros", "stepSize", "averaging", "lambda", "deadLayers", "layers", "seconds"];
        Assert.Equal(keys, second.Select(item => item.Key));
        Assert.Equal(RunRecords.Epoch(2), second.Deserialize<EpochSummary>(JsonSerializerOptions.Web)); // every digit is there
    }

    [Fact]
    public void Metrics_are_read_back_and_there_are_none_before_the_first_epoch()
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());
        Assert.Empty(run.ReadMetrics());
        run.WriteMetrics([RunRecords.Epoch(1), RunRecords.Epoch(2)]);
        Assert.Equal([RunRecords.Epoch(1), RunRecords.Epoch(2)], run.ReadMetrics());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"epoch": 2}""")]
    public void A_damaged_line_of_the_metrics_is_named(string line)
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());
        run.WriteMetrics([RunRecords.Epoch(1)]);
        File.AppendAllText(run.MetricsPath, line + "\n");

        var error = Assert.Throws<RunException>(run.ReadMetrics);

        Assert.StartsWith("Line 2 of", error.What);
        Assert.Equal(run.MetricsPath, error.Path);
    }

    [Fact]
    public void A_model_comes_back_bit_for_bit_in_evaluation_mode()
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());
        using var model = ModelCatalog.Create("lenet-300-100", 10, [1, DigitsFolder.Size, DigitsFolder.Size]);
        run.SaveModel(model);

        using var loaded = RunFolder.Open(folder.File("run")).LoadModel();

        Assert.Equal(TensorBits.Of(model), TensorBits.Of(loaded));
        Assert.False(loaded.training);
    }

    [Fact]
    public void A_run_that_is_not_done_has_no_model()
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());

        Assert.Contains("is missing", Assert.Throws<RunException>(() => run.LoadModel()).Message);
    }

    [Fact]
    public void Weights_of_another_model_are_refused_by_name()
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());
        using var other = ModelCatalog.Create("lenet-5", 10, [1, 28, 28]);
        run.SaveModel(other);

        Assert.Contains("fc3.weight", Assert.Throws<CheckpointException>(() => run.LoadModel()).Message);
    }

    [Fact]
    public void Weights_of_another_shape_are_refused_with_both_shapes()
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());
        using var other = ModelCatalog.Create("lenet-300-100", 10, [1, 2, 2]);
        run.SaveModel(other);

        var error = Assert.Throws<CheckpointException>(() => run.LoadModel());

        Assert.Contains("[300, 4]", error.Message);
        Assert.Contains("[300, 64]", error.Message);
    }

    [Fact]
    public void The_result_is_added_when_the_run_is_done()
    {
        var run = RunFolder.Create(folder.File("run"), RunRecords.Small());
        var report = new TrainingReport
        {
            StopReason = StopReason.EpochsDone,
            StopExplanation = "done",
            Epochs = 2,
            Seed = 1,
            TestAccuracy = 0.5,
            TestLoss = 1,
            TrainLoss = 1,
            Sparsity = 0.25,
            RegularisedWeights = 8,
            Nonzeros = 6,
            Parameters = 9,
            Seconds = 3,
        };
        run.WriteRecord(run.Record with { Result = report });

        Assert.Equal(report, RunFolder.Open(run.Path).Record.Result);
        Assert.Equal(1.5, report.SecondsPerEpoch);
    }

    [Fact]
    public void The_environment_names_every_version()
    {
        var environment = RunEnvironment.Current();

        string[] versions = [environment.SparseHybrid, environment.DotNet, environment.TorchSharp, environment.LibTorch];
        Assert.All(
            [.. versions, environment.OperatingSystem, environment.Processor],
            text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Equal(torch.get_num_threads(), environment.Threads);
    }
}
