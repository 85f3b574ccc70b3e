using System.Text.Json.Nodes;
using Onnx;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public sealed class InferenceBenchmarkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string dense;
    private readonly string shrunk;

    public InferenceBenchmarkTests()
    {
        var model = Network(scale: 1);
        dense = folder.Write("dense.onnx", model);
        shrunk = folder.Write("shrunk.onnx", ModelShrinker.Shrink(model).Model);
    }

    [Fact]
    public void Models_of_the_same_weights_are_timed_in_turns()
    {
        var progress = new List<BenchmarkProgress>();
        var report = InferenceBenchmark.Run(Quick(dense, shrunk) with { Batch = 4, Threads = 2 }, new Recorder(progress));

        Assert.Equal([dense, shrunk], report.Results.Select(result => result.Model));
        Assert.Equal((4, 2, 3), (report.Batch, report.Threads, report.Rounds));
        Assert.Equal(1.0, report.Results[0].Speedup);
        Assert.Equal(0.0, report.Results[0].MaxAbsDifference);
        Assert.InRange(report.Results[1].MaxAbsDifference, 0, 1e-4);
        foreach (var result in report.Results)
        {
            var latency = result.Latency;
            Assert.True(latency.Runs >= 3);
            Assert.True(0 < latency.MinimumMicroseconds && latency.MinimumMicroseconds <= latency.MedianMicroseconds);
            Assert.True(latency.MedianMicroseconds <= latency.P95Microseconds);
            Assert.Equal(4e6 / latency.MedianMicroseconds, result.PerSecond, 1e-6 * result.PerSecond);
            Assert.Equal(report.Results[0].Latency.MedianMicroseconds / latency.MedianMicroseconds, result.Speedup, 1e-9);
            Assert.Equal(new FileInfo(result.Model).Length, result.FileBytes);
            Assert.True(result.LoadMilliseconds > 0);
            Assert.Equal(["CPUExecutionProvider"], result.NodesPerProvider.Keys);
        }
        string[] turns = [.. progress.Where(step => step.Round > 0).Select(step => step.Model)];
        Assert.Equal(6, turns.Length);
        Assert.All(turns.Chunk(2), round => Assert.Equal([dense, shrunk], round.Order()));
    }

    [Fact]
    public void Models_that_compute_something_else_are_refused_unless_allowed()
    {
        var other = folder.Write("other.onnx", Network(scale: 2));

        var error = Assert.Throws<BenchmarkException>(() => InferenceBenchmark.Run(Quick(dense, other)));
        Assert.Contains("do not compute the same", error.Message, StringComparison.Ordinal);

        var report = InferenceBenchmark.Run(Quick(dense, other) with { AllowDifferentOutputs = true });
        Assert.True(report.Results[1].MaxAbsDifference > 0.01);
    }

    [Fact]
    public void Models_of_different_tasks_are_refused_even_then()
    {
        var other = folder.Write("task.onnx", new SequentialGraph(3).Gemm("fc", 1, [1, 2, 3]).Build(1));
        Assert.Throws<BenchmarkException>(() => InferenceBenchmark.Run(Quick(dense, other) with { AllowDifferentOutputs = true }));
    }

    [Fact]
    public void A_provider_that_is_absent_is_named_with_those_that_are_there()
    {
        if (Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
        {
            return; // built with a package that has it
        }

        var error = Assert.Throws<ProviderException>(() => InferenceBenchmark.Run(Quick(dense) with { Provider = ExecutionProvider.Cuda }));
        Assert.Contains("'cuda'", error.What, StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void All_bad_settings_are_listed_at_once()
    {
        var options = new BenchmarkOptions { Models = [], Threads = 0, Batch = -1, SecondsPerModel = double.NaN, Rounds = 0, OutputTolerance = -1 };
        var error = Assert.Throws<ArgumentException>(options.Validate);
        Assert.All(
            new[] { "Models", "Threads is 0", "Batch is -1", "SecondsPerModel", "Rounds is 0", "OutputTolerance is -1" },
            problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_are_those_in_the_documentation()
    {
        var options = new BenchmarkOptions { Models = [dense] };
        Assert.Equal((ExecutionProvider.Cpu, 1, 1, 1), (options.Provider, options.Threads, options.Batch, options.Seed));
        Assert.Equal((2.0, 20, 1e-4, false), (options.SecondsPerModel, options.Rounds, options.OutputTolerance, options.AllowDifferentOutputs));
    }

    [Fact]
    public void A_cancelled_benchmark_stops()
    {
        using var cancellation = new CancellationTokenSource();
        var afterFirstRound = new Recorder(progress: [], step => cancellation.CancelAfter(step.Round > 1 ? TimeSpan.Zero : Timeout.InfiniteTimeSpan));
        Assert.Throws<OperationCanceledException>(
            () => InferenceBenchmark.Run(Quick(dense) with { Rounds = 100_000, SecondsPerModel = 1000 }, afterFirstRound, cancellation.Token));
    }

    [Fact]
    public void JSON_has_the_keys_of_the_command_lines_contract()
    {
        var json = JsonNode.Parse(BenchmarkJson.Write(InferenceBenchmark.Run(Quick(dense, shrunk))).ToJsonString())!;
        Assert.Equal("cpu", (string?)json["provider"]);
        Assert.Equal((1, 1), ((int)json["threads"]!, (int)json["batch"]!));
        foreach (var result in json["results"]!.AsArray())
        {
            foreach (var key in new[] { "medianMicroseconds", "p95Microseconds", "perSecond", "fileBytes", "speedup" })
            {
                Assert.True((double)result![key]! > 0, key);
            }

            Assert.NotNull((string?)result!["model"]);
        }
        Assert.NotEmpty((string)json["environment"]!["processor"]!);
        Assert.StartsWith("1.", (string)json["environment"]!["onnxRuntime"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_starts_with_the_environment_and_has_a_line_per_model()
    {
        var lines = BenchmarkTable.Lines(InferenceBenchmark.Run(Quick(dense, shrunk))).ToList();
        Assert.Contains("cores", lines[0], StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider, 1 thread, batch 1", lines[1], StringComparison.Ordinal);
        Assert.Single(lines, line => line.StartsWith("dense.onnx", StringComparison.Ordinal) && line.EndsWith("1.00x", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("shrunk.onnx", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private static BenchmarkOptions Quick(params string[] models) => new() { Models = models, Rounds = 3, SecondsPerModel = 0.03 };

    private static ModelProto Network(float scale)
    {
        var random = new Random(7);
        var first = Running.RandomFloats(random, 32 * 16);
        first.AsSpan(0, 16 * 16).Clear();
        return new SequentialGraph(16)
            .Gemm("fc1", 32, first, Running.RandomFloats(random, 32)).Then("Relu")
            .Gemm("fc2", 4, [.. Running.RandomFloats(random, 128).Select(value => value * scale)]).Build(4);
    }

    private sealed class Recorder(List<BenchmarkProgress> progress, Action<BenchmarkProgress>? also = null) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress value)
        {
            progress.Add(value);
            also?.Invoke(value);
        }
    }
}
