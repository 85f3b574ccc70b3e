using System.Text.Json;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class SweepTests(ReferenceSweep whole) : IClassFixture<ReferenceSweep>, IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;

    private static readonly string[] Runs = ReferenceSweep.Runs;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sweep_trains_every_run_as_train_does_and_gathers_them()
    {
        var json = whole.Result.Json;
        JsonAssert.HasKeys(json, "sweep", "page", "planned", "runs", "front", "failed");
        var runs = json.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(Runs, runs.Select(run => run.Text("run")));
        Assert.All(runs, run => JsonAssert.HasKeys(
            run, "run", "method", "lambda", "targetSparsity", "seed", "start", "epochs", "testAccuracy", "testLoss", "trainLoss", "sparsity", "nonzeros",
            "parameters", "seconds", "processorSeconds"));
        Assert.All(runs, run => Assert.Equal("random", run.Text("start")));
        var front = json.GetProperty("front").EnumerateArray().ToList();
        Assert.Equal([1e-5, 1e-4], front.Select(entry => entry.Number("lambda")));
        var zeros = front[1].GetProperty("sparsity");
        JsonAssert.HasKeys(front[1], "method", "lambda", "targetSparsity", "seeds", "testAccuracy", "sparsity", "nonzeros", "isOnFront");
        JsonAssert.HasKeys(zeros, "mean", "standardDeviation", "minimum", "maximum");
        Assert.Equal((runs[2].Number("sparsity") + runs[3].Number("sparsity")) / 2, zeros.Number("mean"), tolerance: 1e-12);
        Assert.True(front[1].GetProperty("isOnFront").GetBoolean());

        using var written = JsonDocument.Parse(File.ReadAllText(whole["front.json"]));
        Assert.Equal(4, written.RootElement.GetProperty("runs").GetArrayLength());
        Assert.Equal((5, 3), (File.ReadAllLines(whole["runs.csv"]).Length, File.ReadAllLines(whole["front.csv"]).Length));
        Assert.Contains("4 of 4 runs are done", File.ReadAllText(whole["front.html"]));

        SparseProcess.Run(["train", "--lambda", "1e-4", "--seed", "2", "--threads", "1", .. whole.Common, "--quiet", "--out", folder["alone"]]).Done();
        Assert.Equal(RunFiles.Weights(folder["alone"]), RunFiles.Weights(whole[Runs[3]]));
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Kill)]
    public void An_interrupted_sweep_goes_on_to_the_same_bits(int signal)
    {
        using (var process = SparseProcess.Start(["sweep", .. ReferenceSweep.Values, .. whole.Common, "--jobs", "2", "--out", folder["sweep"]]))
        {
            WaitFor(() => Metrics(Runs[0]) >= 2 || Metrics(Runs[1]) >= 2);
            process.Signal(signal);
            var interrupted = process.Wait();
            Assert.NotEqual(0, interrupted.ExitStatus);
            Assert.Equal(signal == Interrupt, interrupted.Error.Contains($"sparse sweep --resume {folder["sweep"]}", StringComparison.Ordinal));
        }

        var result = SparseProcess.Run("sweep", "--resume", folder["sweep"], "--json").Done();
        Assert.Contains("goes on after an interruption", result.Error);
        Assert.Equal(4, result.Json.GetProperty("runs").GetArrayLength());
        Assert.All(Runs, run =>
        {
            Assert.Equal(RunFiles.Weights(whole[run]), RunFiles.Weights(InSweep(run)));
            Assert.Equal(RunFiles.MetricsWithoutTimes(whole[run]), RunFiles.MetricsWithoutTimes(InSweep(run)));
        });
    }

    [Fact]
    public void Resuming_keeps_what_is_done_redoes_what_is_damaged_and_goes_on_past_what_fails()
    {
        whole.CopyTo(folder["sweep"]);
        var (weights, written) = (RunFiles.Weights(InSweep(Runs[1])), File.GetLastWriteTimeUtc(Path.Combine(InSweep(Runs[0]), "model.safetensors")));
        using (var file = File.OpenWrite(Path.Combine(InSweep(Runs[1]), "model.safetensors")))
        {
            file.SetLength(1000);
        }

        Directory.Delete(InSweep(Runs[2]), recursive: true);
        File.WriteAllText(InSweep(Runs[2]), "in the way");
        Directory.Delete(InSweep(Runs[3]), recursive: true);

        var result = SparseProcess.Run("sweep", "--resume", folder["sweep"], "--json");
        Assert.Equal(1, result.ExitStatus);
        Assert.Equal([Runs[0], Runs[1], Runs[3]], result.Json.GetProperty("runs").EnumerateArray().Select(run => run.Text("run")));
        var failure = Assert.Single(result.Json.GetProperty("failed").EnumerateArray());
        Assert.Equal(Runs[2], failure.Text("run"));
        Assert.Contains("already exists", failure.Text("error"));
        Assert.Contains($"1 of 4 runs failed: {Runs[2]}", result.Error);
        Assert.Contains("begins anew", result.Error);
        Assert.Equal(weights, RunFiles.Weights(InSweep(Runs[1])));
        Assert.True(Directory.Exists($"{InSweep(Runs[1])}.damaged"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(InSweep(Runs[0]), "model.safetensors")));

        File.Delete(InSweep(Runs[2]));
        Assert.Equal(4, SparseProcess.Run("sweep", "--resume", folder["sweep"], "--json").Done().Json.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public void With_warm_starts_a_run_begins_with_the_weights_of_the_one_before_and_says_so()
    {
        string[] one = ["--lambda", "1e-5,1e-4", "--seeds", "1", "--warm-start", "on"];
        var result = SparseProcess.Run(["sweep", .. one, .. whole.Common, "--out", folder["sweep"]]).Done();
        Assert.Contains("not results of training from scratch", result.Output);
        using var front = JsonDocument.Parse(File.ReadAllText(InSweep("front.json")));
        Assert.Equal(["random", Runs[0]], front.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.Text("start")));
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(InSweep(Runs[2]), "run.json")));
        Assert.Equal(Path.Combine(InSweep(Runs[0]), "model.safetensors"), record.RootElement.GetProperty("weights").Text("file"));
        var (first, second) = (FirstLoss(Runs[0]), FirstLoss(Runs[2]));
        Assert.True(second < first / 2, $"The second run should know what the first learnt: {second} after {first}.");
    }

    [Fact]
    public void Shares_of_zeros_are_asked_for_of_methods_with_and_without_a_lambda()
    {
        string[] options = ["sweep", "--target-sparsity", "0.8", "--method", "xrda,gradual-pruning", "--seeds", "1", .. whole.Common];
        var json = SparseProcess.Run([.. options, "--json", "--out", folder["sweep"]]).Done().Json;
        var runs = json.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(["runs/xrda-zeros-0.8-seed-1", "runs/gradual-pruning-zeros-0.8-seed-1"], runs.Select(run => run.Text("run")));
        Assert.All(runs, run => Assert.Equal(0.8, run.Number("targetSparsity")));
        Assert.All(runs, run => Assert.InRange(run.Number("sparsity"), 0.75, 0.85));
        SparseProcess.Run([.. options, "--layer-sparsity", "fc3.weight=..0.6", "--out", folder["other"]]).Refused(2, "gradual-pruning", "all layers together");
        Assert.False(Directory.Exists(folder["other"]));
    }

    [Theory]
    [InlineData("--lambda and --target-sparsity", "--lambda", "1e-5", "--target-sparsity", "0.9")]
    [InlineData("--lambda is '1e-5,-1'", "--lambda", "1e-5,-1")]
    [InlineData("--lambda is '0:1e-4:3'", "--lambda", "0:1e-4:3")]
    [InlineData("--lambda is '1e-5,1e-5'", "--lambda", "1e-5,1e-5")]
    [InlineData("--target-sparsity is '0.9,1'", "--target-sparsity", "0.9,1")]
    [InlineData("--seeds is '0'", "--seeds", "0")]
    [InlineData("--seeds is '1,1'", "--seeds", "1,1")]
    [InlineData("--method is 'xrda,magic'", "--method", "xrda,magic")]
    [InlineData("--epochs cannot be given with --resume", "--resume", "somewhere", "--epochs", "3")]
    public void Wrong_usage_is_refused_before_anything_is_written(string words, params string[] options)
    {
        SparseProcess.Run(["sweep", .. options]).Refused(2, words);
    }

    [Fact]
    public void A_folder_that_is_taken_or_no_sweep_is_refused()
    {
        SparseProcess.Run(["sweep", .. whole.Common, "--out", folder.Path]).Refused(1, "already exists");
        SparseProcess.Run("sweep", "--resume", folder.Path).Refused(1, "not the folder of a sweep", "sweep.json");
    }

    private string InSweep(string name) => Path.Combine(folder["sweep"], name);

    private int Metrics(string run)
    {
        var file = Path.Combine(InSweep(run), "metrics.jsonl");
        return File.Exists(file) ? File.ReadAllLines(file).Length : 0;
    }

    private double FirstLoss(string run)
    {
        using var epoch = JsonDocument.Parse(File.ReadLines(Path.Combine(InSweep(run), "metrics.jsonl")).First());
        return epoch.RootElement.Number("trainLoss");
    }

    private static void WaitFor(Func<bool> condition)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), "It did not happen in time.");
            Thread.Sleep(20);
        }
    }
}
