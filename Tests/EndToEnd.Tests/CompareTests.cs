using System.Text.Json;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class CompareTests : IDisposable
{
    private const int Kill = 9;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_comparison_that_was_killed_goes_on_to_the_bits_and_the_verdict_of_the_one_that_was_left_alone()
    {
        var recipe = Recipe(epochs: 8);
        var whole = SparseProcess.Run("compare", recipe, "--out", folder["whole"], "--no-measure", "--json").Done();
        JsonAssert.HasKeys(whole.Json, "comparison", "page", "planned", "done", "rows", "pairs", "verdict", "leftOut", "failed", "speed");
        Assert.Equal((4, 4), (whole.Json.Number("planned"), whole.Json.Number("done")));
        Assert.Equal("network-slimming", whole.Json.GetProperty("leftOut")[0].Text("arm"));
        JsonAssert.HasKeys(whole.Json.GetProperty("pairs")[0], "level", "arm", "role", "accuracy", "correctedP", "gap", "outcome", "note");
        Assert.Contains("\"results\"", File.ReadAllText(Path.Combine(folder["whole"], "compare.html")));

        using (var process = SparseProcess.Start("compare", recipe, "--out", folder["killed"], "--jobs", "2"))
        {
            var metrics = Path.Combine(folder["killed"], "runs", "xrda-zeros-0.8-seed-1", "metrics.jsonl");
            Assert.True(SpinWait.SpinUntil(() => File.Exists(metrics) && File.ReadAllLines(metrics).Length >= 2, TimeSpan.FromMinutes(2)));
            process.Signal(Kill);
            Assert.NotEqual(0, process.Wait().ExitStatus);
        }

        var resumed = SparseProcess.Run("compare", recipe, "--resume", folder["killed"], "--measure-seconds", "0.02", "--json").Done();
        Assert.Equal(whole.Json.GetProperty("pairs").GetRawText(), resumed.Json.GetProperty("pairs").GetRawText());
        Assert.Equal(whole.Json.GetProperty("verdict").GetRawText(), resumed.Json.GetProperty("verdict").GetRawText());
        Assert.All(
            Directory.GetDirectories(Path.Combine(folder["whole"], "runs")),
            run => Assert.Equal(RunFiles.Weights(run), RunFiles.Weights(Path.Combine(folder["killed"], "runs", Path.GetFileName(run)))));

        CheckSpeed(resumed.Json.GetProperty("speed"));
        var again = SparseProcess.Run("compare", "--resume", folder["killed"]).Done();
        Assert.DoesNotContain("not measured", again.Output);
        Assert.Contains("batches of 1 and 64; speedup: median of the dense network / median", again.Output);
        Assert.Equal(
            resumed.Json.GetProperty("speed").GetRawText(),
            SparseProcess.Run("compare", "--resume", folder["killed"], "--json").Done().Json.GetProperty("speed").GetRawText());

        var refused = SparseProcess.Run("compare", Recipe(epochs: 9), "--resume", folder["killed"]);
        Assert.Equal(2, refused.ExitStatus);
        Assert.Contains("was begun with other settings", refused.Error);
    }

    [Fact]
    public void A_dry_run_trains_nothing_and_the_command_line_changes_the_recipe()
    {
        var plan = SparseProcess.Run("compare", Recipe(epochs: 2), "--dry-run", "--seeds", "5,6,7", "--targets", "0.9", "--methods", "rigl", "--json").Done().Json;
        JsonAssert.HasKeys(plan, "recipe", "runs", "epochs", "estimatedSeconds", "leftOut");
        Assert.Equal(
            ["xrda-zeros-0.9-seed-5", "xrda-zeros-0.9-seed-6", "xrda-zeros-0.9-seed-7", "rigl-zeros-0.9-seed-5", "rigl-zeros-0.9-seed-6", "rigl-zeros-0.9-seed-7"],
            plan.GetProperty("runs").EnumerateArray().Select(run => run.Text("run")));
        Assert.Equal(12, plan.Number("epochs"));
    }

    [Fact]
    public void Recipes_are_found_by_name()
    {
        var names = SparseProcess.Run("compare", "--list", "--json").Done().Json.GetProperty("recipes").EnumerateArray().Select(recipe => recipe.Text("name")).ToList();
        Assert.Contains("fashion-lenet-300-100", names);
        Assert.Contains("claim-from-scratch", names);
        Assert.Equal(170, SparseProcess.Run("compare", "fashion-lenet-300-100", "--dry-run", "--json").Done().Json.GetProperty("runs").GetArrayLength());
    }

    [Theory]
    [InlineData(1, "There is no file and no recipe 'fashion'", "compare", "fashion")]
    [InlineData(2, "No RECIPE is given", "compare")]
    [InlineData(1, "The data of the recipe cannot be read. The data set 'cifar-10' needs a folder", "compare", "cifar-10-vgg-16")]
    [InlineData(2, "--methods names 'rgil', which is no arm of the recipe", "compare", "fashion-lenet-300-100", "--methods", "rgil", "--dry-run")]
    [InlineData(2, "--measure and --no-measure cannot be given together", "compare", "fashion-lenet-300-100", "--measure", "--no-measure")]
    [InlineData(2, "--seeds cannot be given with --resume", "compare", "--resume", "nowhere", "--seeds", "2")]
    [InlineData(1, "is not the folder of a comparison", "compare", "--resume", "nowhere")]
    public void Mistakes_are_said(int status, string expected, params string[] arguments)
    {
        var result = SparseProcess.Run(arguments);
        Assert.Equal(status, result.ExitStatus);
        Assert.Contains(expected, result.Error);
    }

    private static void CheckSpeed(JsonElement speed)
    {
        JsonAssert.HasKeys(speed, "format", "conditions", "baseline", "networks", "unmeasured");
        Assert.Equal(0, speed.GetProperty("unmeasured").GetArrayLength());
        var networks = speed.GetProperty("networks").EnumerateArray().ToList();
        Assert.Equal(["xrda shrunk", "xrda auto", "rigl shrunk", "rigl auto"], networks.Select(network => $"{network.Text("arm")} {network.Text("form")}"));
        JsonAssert.HasKeys(networks[0], "arm", "lambda", "targetSparsity", "run", "seed", "testAccuracy", "form", "batches");
        JsonAssert.HasKeys(
            networks[0].GetProperty("batches")[0],
            "batch", "file", "bytes", "denseBytes", "maxAbsDifference", "largestOutput", "samplesCompared", "latency", "denseLatency", "processorsUsedByOthers", "speedup");
    }

    private string Recipe(int epochs)
    {
        var file = folder[$"recipe-{epochs}.json"];
        var data = JsonSerializer.Serialize(SmallImages.Write(folder["data"]));
        File.WriteAllText(file, $$"""
            {
              "title": "Two methods on few images", "seeds": [1, 2], "targets": [0.8],
              "training": { "dataFolder": {{data}}, "options": { "epochs": {{epochs}} } },
              "arms": [ { "name": "xrda", "role": "subject" }, { "name": "rigl" }, { "name": "network-slimming" } ]
            }
            """);
        return file;
    }
}
