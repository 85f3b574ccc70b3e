using System.Text.Json.Nodes;
using SparseHybrid.Configuration;
using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Schedules;
using SparseHybrid.TargetSparsity;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Configuration;

public sealed class TrainingConfigurationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Methods => [.. MethodOptions.Names];

    [Fact]
    public void What_is_written_is_read_back()
    {
        var options = new SparseTrainerOptions
        {
            Epochs = 7,
            Regularizer = Regularizers.GroupLasso(1.0 / 3, Groupings.Block(2, 8)),
            Groups = [new ParameterGroup { Pattern = "fc1*", Strength = 0.1, Grouping = Grouping.Row, Policy = RegularizationPolicy.Everything }],
            Schedule = new StepSchedule { Milestones = [2, 3.5], Factor = 0.3, WarmUpEpochs = 1, Averaging = 0.5 },
            GradientClipNorm = 2,
            EarlyStop = new EarlyStopOptions { Metric = StopMetric.TrainLoss },
            WeightAveraging = new WeightAveragingOptions(),
            DeadLayers = DeadLayerPolicy.Stop,
            TargetSparsity = new TargetSparsityOptions { Share = 0.9 },
        };
        var configuration = new TrainingConfiguration { Data = "mnist", DataFolder = "x", Options = options };

        Assert.Equal(configuration, TrainingConfiguration.Parse(configuration.ToJson(), "test"));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_is_read_back_and_writes_settings_only(string name)
    {
        var options = new SparseTrainerOptions { Epochs = 1, Method = MethodOptions.Create(name) };
        var json = new TrainingConfiguration { Options = options }.ToJson();

        Assert.Equal(options.Method, TrainingConfiguration.Parse(json, "test").Options.Method);
        var written = JsonNode.Parse(json)!["options"]!["method"]!.AsObject().Select(setting => setting.Key);
        var settable = options.Method.GetType().GetProperties().Where(property => property.SetMethod is not null).Select(property => property.Name);
        Assert.Equal(settable.Select(setting => char.ToLowerInvariant(setting[0]) + setting[1..]).Append("name").Order(), written.Order());
    }

    [Fact]
    public void What_a_file_leaves_out_stays_as_it_is()
    {
        var defaults = new TrainingConfiguration { Model = "lenet-5", Options = new SparseTrainerOptions { Epochs = 3, BatchSize = 64 }.WithStrength(1e-4) };
        var file = folder.Write("settings.json", """
            {
                // comments and trailing commas are for people
                "mode": "kernel",
                "options": { "epochs": 5, "method": { "weightDecay": 0.25 }, "schedule": { "name": "constant" } },
            }
            """u8.ToArray());

        var read = TrainingConfiguration.Read(file, defaults);

        Assert.Equal(("lenet-5", 5, 64), (read.Model, read.Options.Epochs, read.Options.BatchSize));
        Assert.Equal(new XrdaOptions { WeightDecay = 0.25 }, read.Options.Method);
        Assert.Equal(new ConstantSchedule(), read.Options.Schedule);
        Assert.Equal(Regularizers.AdaptiveL1(1e-4, 500, 9.5, Grouping.Kernel), read.Options.Regularizer);
    }

    [Theory]
    [InlineData("""{"lamda": 1}""", "'lamda'; nearest is 'lambda'")]
    [InlineData("""{"options": {"epoch": 1}}""", "'options.epoch'; nearest is 'epochs'")]
    [InlineData("""{"options": {"method": {"name": "sdg"}}}""", "options.method.name is 'sdg'", "nearest is 'sgd'")]
    [InlineData("""{"options": {"method": {"name": 3}}}""", "options.method.name is 3")]
    [InlineData("""{"options": {"method": {"mixing": 1}}}""", "'options.method.mixing'")]
    [InlineData("""{"options": {"batchSize": "many", "seed": 1.5}}""", "options.batchSize is \"many\", expected a whole number", "options.seed is 1.5")]
    [InlineData("""{"options": {"dropLastBatch": 1}}""", "options.dropLastBatch is 1, expected true or false")]
    [InlineData("""{"options": {"device": "tpu"}}""", "expected cpu or cuda")]
    [InlineData("""{"options": {"schedule": {"name": "step", "milestones": [1, "x"]}}}""", "options.schedule.milestones[1] is \"x\", expected a number")]
    [InlineData("""{"options": {"groups": [{"strength": 1}]}}""", "options.groups[0] lacks 'pattern'")]
    [InlineData("""{"options": {"groups": [{"pattern": "*", "grouping": "kernl"}]}}""", "options.groups[0].grouping is \"kernl\": there is no grouping")]
    [InlineData("""{"options": {"groups": 3}}""", "options.groups is 3, expected a list")]
    [InlineData("""{"options": {"regularizer": {"case": "L3"}}}""", "there is no Regularizer 'L3'")]
    [InlineData("""{"options": {"regularizer": {"case": "L1", "strength": -1}}}""", "options.regularizer is")]
    [InlineData("""{"options": 3}""", "options is 3, expected an object")]
    [InlineData("""{"lambda": -1}""", "The strength of a regularizer must be")]
    [InlineData("""{"lambda": 1, "options": {"regularizer": "NonNegative"}}""", "has no strength")]
    [InlineData("[]", "not an object")]
    [InlineData("{", "BytePosition")]
    [InlineData("""{"data": "mnist", "data": "mnist"}""", "data")]
    public void Settings_that_cannot_be_used_are_all_named_with_their_place(string json, params string[] complaints)
    {
        var error = Assert.Throws<ConfigurationException>(() => TrainingConfiguration.Parse(json, "'settings.json'"));

        Assert.Contains("'settings.json'", error.Message);
        Assert.All(complaints, complaint => Assert.Contains(complaint, error.Why));
    }

    [Fact]
    public void Ranges_are_checked_when_everything_is_known_and_all_problems_are_named_by_their_paths()
    {
        var read = TrainingConfiguration.Parse(
            """{"options": {"epochs": 0, "method": {"weightDecay": -1}, "groups": [{"pattern": "*", "strength": -1}]}, "modelSettings": {"width": 0}}""", "test");

        var message = Assert.Throws<ArgumentException>(read.Validate).Message;

        Assert.Contains("options.epochs is 0, expected 1 or more", message);
        Assert.Contains("options.method.weightDecay is -1,", message);
        Assert.Contains("options.groups[0].strength is -1,", message);
        Assert.Contains("modelSettings.width is 0,", message);
        new TrainingConfiguration().Validate();
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_names_it() =>
        Assert.Contains("absent.json", Assert.Throws<ConfigurationException>(() => TrainingConfiguration.Read(folder.File("absent.json"))).Message);

    [Fact]
    public void One_setting_can_be_changed_by_its_path()
    {
        var configuration = new TrainingConfiguration().With("method.weightDecay", "0.5").With("model", "lenet-5").With("options.deadLayers", "stop");

        Assert.Equal(new XrdaOptions { WeightDecay = 0.5 }, configuration.Options.Method);
        Assert.Equal(("lenet-5", DeadLayerPolicy.Stop), (configuration.Model, configuration.Options.DeadLayers));
        Assert.Throws<ConfigurationException>(() => configuration.With("method.mixing", "1"));
    }

    [Fact]
    public void The_schema_knows_every_setting_and_no_other()
    {
        var schema = JsonNode.Parse(TrainingConfiguration.Schema())!;
        var options = schema["properties"]!["options"]!;
        var written = JsonNode.Parse(new TrainingConfiguration().ToJson())!["options"]!.AsObject();

        Assert.Equal(written.Select(setting => setting.Key).Order(), options["properties"]!.AsObject().Select(setting => setting.Key).Order());
        Assert.False(options["additionalProperties"]!.GetValue<bool>());
        var names = options["properties"]!["method"]!["anyOf"]!.AsArray().Select(kind => kind!["properties"]!["name"]!["const"]!.GetValue<string>());
        Assert.Equal(MethodOptions.Names, names);
        Assert.Contains("AdaptiveGroupLasso", options["properties"]!["regularizer"]!.ToJsonString());
    }
}
