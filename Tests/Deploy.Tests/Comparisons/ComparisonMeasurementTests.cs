using System.Text.Json;
using SparseHybrid.Comparisons;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Comparisons;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Comparisons;

public sealed class ComparisonMeasurementTests : IDisposable
{
    private static readonly ComparisonMeasurementOptions Quick = new() { Batches = [1, 8], SecondsPerModel = 0.01, Rounds = 2 };

    private readonly TemporaryFolder files = new();

    public ComparisonMeasurementTests()
    {
        RandomDigits.Write(files, "train", 3);
        RandomDigits.Write(files, "t10k", 3);
    }

    public void Dispose() => files.Dispose();

    [Fact]
    public void Of_every_row_the_network_in_the_middle_is_proved_and_timed_beside_the_dense_one()
    {
        var (folder, found) = Found();
        var speed = ComparisonMeasurement.Run(folder, found, Quick).Speed!;
        Assert.Equal(
            [("xrda", 2L, "shrunk"), ("xrda", 2L, "auto"), ("dense", 2L, "dense")], // seed 2 is the median, not the best and not the mean
            speed.Networks.Select(network => (network.Arm, network.Seed, network.Form)));
        Assert.Equal("runs/xrda-zeros-0.8-seed-2", speed.Baseline);
        Assert.Equal([1, 8], speed.Batches);
        Assert.All(speed.Networks.SelectMany(network => network.Batches), batch =>
        {
            var certificate = Certificate.Find(folder.FileOf(batch.File))!;
            Assert.Equal(certificate.MaxAbsDifference, batch.MaxAbsDifference);
            Assert.InRange(batch.MaxAbsDifference, 0, 1e-4 * batch.LargestOutput);
            Assert.Equal(3, batch.SamplesCompared);
            Assert.True(batch.Latency is { Runs: >= 2, MedianMicroseconds: > 0 } && batch.DenseLatency is { Runs: >= 2, MedianMicroseconds: > 0 });
        });
        Assert.All(speed.Networks[0].Batches, batch => Assert.InRange(batch.Bytes, 1, batch.DenseBytes / 2)); // a quarter of the units is left
        Assert.All(speed.Networks[2].Batches, batch => Assert.InRange((double)batch.Bytes / batch.DenseBytes, 0.99, 1.01));

        Assert.Contains("## Size and speed", File.ReadAllText(folder.FileOf("compare.md")));
        Assert.Contains("| xrda | 80 % | 2 | 80.00 | shrunk | ", File.ReadAllText(folder.FileOf("compare.md")));
        using var json = JsonDocument.Parse(File.ReadAllText(folder.FileOf("compare.json")));
        Assert.Equal(3, json.RootElement.GetProperty("speed").GetProperty("networks").GetArrayLength());
    }

    [Fact]
    public void What_was_measured_is_not_measured_again_unless_it_is_asked_for()
    {
        var (folder, found) = Found();
        var first = ComparisonMeasurement.Run(folder, found, Quick);
        var before = File.ReadAllText(folder.FileOf("speed.json"));

        var opened = ComparisonFolder.Open(folder.Path);
        var again = Comparison.Run(opened, Trainer());
        var heard = new Heard();
        Assert.Same(again, ComparisonMeasurement.Run(opened, again, Quick with { Rounds = 3 }, heard));
        Assert.Empty(heard.Lines);
        Assert.Equal(before, File.ReadAllText(folder.FileOf("speed.json")));
        Assert.Equal(JsonSerializer.Serialize(first.Speed), JsonSerializer.Serialize(again.Speed));

        ComparisonMeasurement.Run(opened, again, Quick with { Anew = true }, heard);
        Assert.Equal(["1 of 3: xrda 80 %, shrunk", "2 of 3: xrda 80 %, auto", "3 of 3: dense –, dense"], heard.Lines);
    }

    [Fact]
    public void A_network_that_cannot_be_measured_is_named_and_tried_again()
    {
        var (folder, found) = Found();
        var weights = folder.FileOf("runs/dense-seed-2/model.safetensors");
        File.Move(weights, weights + ".away");
        var speed = ComparisonMeasurement.Run(folder, found, Quick).Speed!;
        Assert.Equal(2, speed.Networks.Count);
        var problem = Assert.Single(speed.Unmeasured);
        Assert.Equal(("runs/dense-seed-2", "dense"), (problem.Run, problem.Form));
        Assert.Contains("Not measured: runs/dense-seed-2 as dense. ", File.ReadAllText(folder.FileOf("compare.md")));

        File.Move(weights + ".away", weights);
        var heard = new Heard();
        speed = ComparisonMeasurement.Run(folder, found, Quick, heard).Speed!;
        Assert.Equal(["1 of 1: dense –, dense"], heard.Lines);
        Assert.Equal((3, 0), (speed.Networks.Count, speed.Unmeasured.Count));
    }

    [Fact]
    public void Where_something_is_missing_and_the_settings_are_others_all_is_measured_anew()
    {
        var (folder, found) = Found();
        var speed = ComparisonMeasurement.Run(folder, found, Quick).Speed!;
        File.WriteAllText(folder.FileOf("speed.json"), JsonSerializer.Serialize(speed with { Networks = [speed.Networks[0]] }, JsonSerializerOptions.Web));
        var heard = new Heard();
        var opened = ComparisonFolder.Open(folder.Path);
        Assert.Equal(3, ComparisonMeasurement.Run(opened, found, Quick with { Rounds = 3 }, heard).Speed!.Conditions.Rounds);
        Assert.Equal(3, heard.Lines.Count);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_together()
    {
        var (folder, found) = Found();
        var message = Assert.Throws<ArgumentException>(
            () => ComparisonMeasurement.Run(folder, found, new ComparisonMeasurementOptions { Batches = [1, 1], Threads = 0, SecondsPerModel = 0, Rounds = 0 })).Message;
        Assert.All(["Batches is [1, 1]", "Threads is 0", "SecondsPerModel is 0", "Rounds is 0"], problem => Assert.Contains(problem, message));
    }

    private static StoredRuns Trainer() => new(new Dictionary<long, double> { [1] = 0.9, [2] = 0.8, [3] = 0.1 });

    private (ComparisonFolder Folder, ComparisonReport Report) Found()
    {
        var recipe = ComparisonRecipe.Parse(
            $$"""
            {
              "title": "Made up", "seeds": [1, 2, 3], "targets": [0.8],
              "training": { "data": "mnist", "dataFolder": "{{files.Path}}", "model": "mlp", "modelSettings": { "hiddenWidths": [16] }, "options": { "epochs": 1 } },
              "arms": [ { "name": "xrda", "role": "subject" }, { "name": "dense", "training": { "options": { "method": { "name": "sgd" } } } } ]
            }
            """,
            "the test");
        var folder = ComparisonFolder.Create(
            files.File("comparison"), new ComparisonRecord { Recipe = recipe, Data = new DataShape(10, [1, 28, 28]), Started = DateTimeOffset.UnixEpoch });
        return (folder, Comparison.Run(folder, Trainer()));
    }

    private sealed class Heard : IProgress<string>
    {
        public List<string> Lines { get; } = [];

        public void Report(string value) => Lines.Add(value);
    }
}
