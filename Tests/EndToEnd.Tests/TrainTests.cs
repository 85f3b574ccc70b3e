using System.Text.Json;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class TrainTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    [Fact]
    public void Json_has_the_promised_keys_and_plausible_values()
    {
        var json = trained.Result.Json;
        JsonAssert.HasKeys(json, JsonAssert.TrainKeys);
        Assert.Equal(trained.Path, json.Text("run"));
        Assert.Equal(("xrda", "lenet-300-100", "fashion-mnist"), (json.Text("method"), json.Text("model"), json.Text("data")));
        Assert.Equal((1, 1), (json.Number("epochs"), json.Number("seed")));
        Assert.InRange(json.Number("testAccuracy"), 0.70, 0.95);
        Assert.InRange(json.Number("trainLoss"), 0.1, 1.5);
        Assert.InRange(json.Number("sparsity"), 0.8, 0.9999);
        Assert.Equal(266_610, json.Number("parameters"));
        var zeros = json.Number("sparsity") * 266_200;
        Assert.InRange(json.Number("nonzeros"), 1, 266_610 - Math.Floor(zeros));
        Assert.InRange(json.Number("seconds"), 0.05, 120);
        Assert.Equal(json.Number("seconds"), json.Number("secondsPerEpoch"), 9);
    }

    [Fact]
    public void A_perceptron_has_the_hidden_layers_asked_for()
    {
        using var folder = new TemporaryFolder();
        var result = SparseProcess.Run("train", "--model", "mlp", "--hidden", "20-10", "--epochs", "1", "--json", "--out", folder["run"]).Done();
        Assert.Equal(784 * 20 + 20 + 20 * 10 + 10 + 10 * 10 + 10, result.Json.Number("parameters"));
    }

    [Fact]
    public void Progress_with_json_goes_to_standard_error_in_plain_lines()
    {
        Assert.Contains("epoch 1/1", trained.Result.Error);
        Assert.DoesNotContain("\u001b", trained.Result.Error);
    }

    [Fact]
    public void Run_folder_holds_record_metrics_weights_and_nothing_half_written()
    {
        var names = Directory.EnumerateFileSystemEntries(trained.Path).Select(Path.GetFileName).Order();
        Assert.Equal([".lock", "checkpoints", "metrics.jsonl", "model.safetensors", "run.json"], names);
        Assert.Empty(Directory.EnumerateFiles(trained.Path, "*.partial", SearchOption.AllDirectories));
        var metrics = File.ReadAllLines(Path.Combine(trained.Path, "metrics.jsonl"));
        var epoch = JsonDocument.Parse(Assert.Single(metrics)).RootElement;
        Assert.Equal(trained.Result.Json.Number("testAccuracy"), epoch.Number("testAccuracy"));
        Assert.Equal(trained.Result.Json.Number("sparsity"), epoch.Number("sparsity"));
        var layers = epoch.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(["fc1.weight", "fc2.weight", "fc3.weight"], layers.Select(layer => layer.Text("name")));
        Assert.Equal(epoch.Number("sparsity"), layers.Sum(layer => layer.Number("zeros")) / layers.Sum(layer => layer.Number("weights")), 9);
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(trained.Path, "run.json"))).RootElement;
        Assert.Equal("lenet-300-100", record.GetProperty("model").Text("name"));
        Assert.Equal(1, record.GetProperty("options").Number("seed"));
    }

    [Fact]
    public void Same_seed_gives_the_same_metrics_and_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        var again = SparseProcess.Run("train", "--lambda", "2e-5", "--epochs", "1", "--seed", "1", "--json", "--out", folder["again"]).Done();
        Assert.Equal(RunFiles.MetricsWithoutTimes(trained.Path), RunFiles.MetricsWithoutTimes(folder["again"]));
        Assert.Equal(RunFiles.Weights(trained.Path), RunFiles.Weights(folder["again"]));
        Assert.Equal(trained.Result.Json.Number("trainLoss"), again.Json.Number("trainLoss"));
    }

    [Fact]
    public void Ten_epochs_leave_about_one_weight_in_thirty_and_classify_as_promised()
    {
        using var folder = new TemporaryFolder();
        string[] settings = ["--lambda", "5e-6", "--epochs", "10", "--batch", "128", "--seed", "1", "--threads", "1"];
        var json = SparseProcess.Run(["train", .. settings, "--json", "--quiet", "--out", folder["run"]]).Done().Json;
        Assert.InRange(json.Number("testAccuracy"), 0.885, 1);
        Assert.InRange(json.Number("sparsity"), 0.955, 1);
        var dense = SparseProcess.Run("export", folder["run"], "--form", "dense", "--json").Done().Json;
        var shrunk = SparseProcess.Run("export", folder["run"], "--form", "shrunk", "--json").Done().Json;
        Assert.InRange(shrunk.Number("bytes") / dense.Number("bytes"), 0.01, 0.7);
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        foreach (var seed in new[] { "1", "2" })
        {
            SparseProcess.Run("train", "--data-folder", data, "--epochs", "1", "--seed", seed, "--quiet", "--out", folder[seed]).Done();
        }

        Assert.NotEqual(RunFiles.Weights(folder["1"]), RunFiles.Weights(folder["2"]));
    }

    [Fact]
    public void Every_mode_and_model_trains_from_a_named_folder()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        foreach (var (model, mode) in new[] { ("lenet-300-100", "element"), ("lenet-5", "kernel"), ("lenet-5", "output-filter") })
        {
            string[] what = ["--data", "mnist", "--data-folder", data, "--model", model, "--mode", mode, "--epochs", "1"];
            var json = SparseProcess.Run(["train", .. what, "--json", "--out", folder[model + mode]]).Done().Json;
            Assert.Equal((model, "mnist"), (json.Text("model"), json.Text("data")));
        }
    }

    [Fact]
    public void Without_json_people_get_lines_and_a_summary_on_standard_output()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        var result = SparseProcess.Run("train", "--data-folder", data, "--epochs", "3", "--out", folder["run"]).Done();
        Assert.Contains("epoch 3/3", result.Output);
        Assert.Contains("accuracy  ", result.Output);
        Assert.Contains($"sparse export {folder["run"]}", result.Output);
        Assert.Empty(result.Error);
        var quiet = SparseProcess.Run("train", "--data-folder", data, "--epochs", "3", "--out", folder["quiet"], "--quiet").Done();
        Assert.DoesNotContain("epoch 3/3", quiet.Output);
    }
}
