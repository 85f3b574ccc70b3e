using System.Text.Json.Nodes;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class ConfigurationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Printed_settings_are_read_back_and_the_command_line_overrides_them()
    {
        var printed = SparseProcess.Run("train", "--method", "ramda", "--schedule", "step", "--milestones", "2,3.5", "--set", "method.mixing=0.25", "--print-config").Done();
        File.WriteAllText(folder["settings.json"], printed.Output);

        Assert.Equal(printed.Output, SparseProcess.Run("train", "--config", folder["settings.json"], "--print-config").Done().Output);
        var options = JsonNode.Parse(
            SparseProcess.Run("train", "--config", folder["settings.json"], "--lambda", "0.5", "--mode", "block:2x4", "--print-config").Done().Output)!["options"]!;
        Assert.Equal("ramda", options["method"]!["name"]!.GetValue<string>());
        Assert.Equal(0.25, options["method"]!["mixing"]!.GetValue<double>());
        Assert.Equal(0.5, options["regularizer"]!["options"]!["strength"]!.GetValue<double>());
        Assert.Equal("Block", options["regularizer"]!["options"]!["grouping"]!["case"]!.GetValue<string>());
    }

    [Fact]
    public void A_run_by_a_file_of_settings_records_what_it_did()
    {
        File.WriteAllText(folder["settings.json"], """
            {
              "model": "mlp", "modelSettings": { "hiddenWidths": [16] }, "lambda": 1e-4,
              "options": {
                "epochs": 2, "validationShare": 0.5, "gradientClipNorm": 1, "labelSmoothing": 0.1,
                "groups": [{ "pattern": "fc1.weight", "strength": 1e-3 }],
                "weightAveraging": { "kept": 0.9 }, "earlyStop": { "patience": 3 },
              },
            }
            """);

        var result = SparseProcess.Run("train", "--config", folder["settings.json"], "--epochs", "1", "--out", folder["run"], "--json").Done();

        Assert.InRange(result.Json.Number("testAccuracy"), 0.5, 0.95);
        var options = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["run"], "run.json")))!["options"]!;
        Assert.Equal((1, 0.5), (options["epochs"]!.GetValue<int>(), options["validationShare"]!.GetValue<double>()));
        var metrics = JsonNode.Parse(File.ReadAllLines(Path.Combine(folder["run"], "metrics.jsonl"))[0])!;
        Assert.InRange(metrics["validationAccuracy"]!.GetValue<double>(), 0.5, 0.95);
        Assert.Equal(1e-4, metrics["lambda"]!.GetValue<double>());
    }

    [Fact]
    public void The_schema_is_json() =>
        Assert.StartsWith("https://json-schema.org/", JsonNode.Parse(SparseProcess.Run("train", "--config-schema").Done().Output)!["$schema"]!.GetValue<string>());

    [Fact]
    public void A_file_that_cannot_be_used_fails_with_every_problem_and_writes_nothing()
    {
        File.WriteAllText(folder["settings.json"], """{"lamda": 1, "options": {"batchSize": "many"}}""");

        SparseProcess.Run("train", "--config", folder["settings.json"], "--out", folder["run"]).Refused(1, "lamda", "lambda", "options.batchSize", "a whole number");
        SparseProcess.Run("train", "--config", folder["absent.json"], "--out", folder["run"]).Refused(1, "absent.json");
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Theory]
    [InlineData("--set", "--set", "epochs")]
    [InlineData("epoch", "--set", "epoch=3")]
    [InlineData("--milestones", "--milestones", "2")]
    [InlineData("l1", "--regularizer", "l1", "--mode", "kernel")]
    [InlineData("--weight-decay", "--method", "grda", "--weight-decay", "0.1")]
    [InlineData("schedule", "--method", "rda", "--schedule", "cosine")]
    [InlineData("block:RxC", "--mode", "block:4")]
    public void What_does_not_go_together_is_named(string word, params string[] arguments)
    {
        var result = SparseProcess.Run(["train", .. arguments, "--out", folder["run"]]);
        Assert.Contains(result.ExitStatus, new[] { 1, 2 });
        Assert.Contains(word, result.Error);
        Assert.False(Directory.Exists(folder["run"]));
    }
}
