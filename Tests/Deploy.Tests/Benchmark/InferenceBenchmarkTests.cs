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
        var model = SmallNetworks.HalfDead(scale: 1);
        dense = folder.Write("dense.onnx", model);
        shrunk = folder.Write("shrunk.onnx", ModelShrinker.Shrink(model).Model);
    }

    [Fact]
    public void Models_of_the_same_weights_are_timed_in_turns()
    {
        var progress = new Recorder();
        var report = InferenceBenchmark.Run(SmallNetworks.Quick(dense, shrunk) with { Batch = 4, Threads = 2 }, progress);

        Assert.Equal([dense, shrunk], report.Results.Select(result => result.Model));
        Assert.Equal((4, 2, 3), (report.Options.Batch, report.Options.Threads, report.Options.Rounds));
        Assert.Equal(1.0, report.Results[0].Speedup);
        Assert.Equal(0.0, report.Results[0].MaxAbsDifference);
        Assert.InRange(report.Results[1].MaxAbsDifference!.Value, 0, 1e-4);
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
            Assert.Null(result.PeakMemoryBytes);
            Assert.Equal(["CPUExecutionProvider"], result.NodesPerProvider.Keys);
            Assert.Equal(result.Nodes.Count, result.NodesPerProvider["CPUExecutionProvider"]);
        }

        string[] turns = [.. progress.Steps.Where(step => step.Round > 0).Select(step => step.Model)];
        Assert.Equal(6, turns.Length);
        Assert.All(turns.Chunk(2), round => Assert.Equal([dense, shrunk], round.Order()));
        Assert.Equal((4, 2, 1.0), (progress.Steps[^1].Batch, progress.Steps[^1].Threads, progress.Steps[^1].Share));
    }

    [Fact]
    public void Models_that_compute_something_else_are_refused_unless_allowed()
    {
        var other = folder.Write("other.onnx", SmallNetworks.HalfDead(scale: 2));

        var error = Assert.Throws<BenchmarkException>(() => InferenceBenchmark.Run(SmallNetworks.Quick(dense, other)));
        Assert.Contains("do not compute the same", error.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-different", error.Fix, StringComparison.Ordinal);

        var report = InferenceBenchmark.Run(SmallNetworks.Quick(dense, other) with { AllowDifferentOutputs = true });
        Assert.True(report.Results[1].MaxAbsDifference > 0.01);
        InferenceBenchmark.Run(SmallNetworks.Quick(dense, other) with { OutputTolerance = 1.01 });
    }

    [Fact]
    public void The_tolerance_is_a_share_of_the_largest_output_however_small_it_is()
    {
        var (tiny, other) = (folder.Write("tiny.onnx", SmallNetworks.HalfDead(1e-6f)), folder.Write("other.onnx", SmallNetworks.HalfDead(1.01e-6f)));
        Assert.Throws<BenchmarkException>(() => InferenceBenchmark.Run(SmallNetworks.Quick(tiny, other)));
        InferenceBenchmark.Run(SmallNetworks.Quick(tiny, other) with { OutputTolerance = 0.02 });
    }

    [Fact]
    public void Models_of_other_shapes_are_refused_unless_allowed_and_then_have_no_difference()
    {
        var other = folder.Write("task.onnx", new SequentialGraph(3).Gemm("fc", 1, [1, 2, 3]).Build(1));
        var error = Assert.Throws<BenchmarkException>(() => InferenceBenchmark.Run(SmallNetworks.Quick(dense, other)));
        Assert.Contains("1x3", error.Why, StringComparison.Ordinal);
        Assert.Contains("1x16", error.Why, StringComparison.Ordinal);

        var report = InferenceBenchmark.Run(SmallNetworks.Quick(dense, other) with { AllowDifferentOutputs = true });
        Assert.Equal([0.0, null], report.Results.Select(result => result.MaxAbsDifference));
    }

    [Fact]
    public void Memory_is_asked_for_once_a_model()
    {
        var meter = new CountingMeter();
        var report = InferenceBenchmark.Run(SmallNetworks.Quick(dense, shrunk) with { Batch = 2, MemoryMeter = meter });
        Assert.Equal([100L, 200L], report.Results.Select(result => result.PeakMemoryBytes));
        Assert.Equal([(dense, 2, 1), (shrunk, 2, 1)], meter.Asked.Select(question => (question.Model, question.Batch, question.Threads)));
    }

    [Fact]
    public void A_processor_that_may_not_be_used_is_named_with_those_that_may()
    {
        var error = Assert.Throws<BenchmarkException>(() => InferenceBenchmark.Run(SmallNetworks.Quick(dense) with { Processors = [1000] }));
        Assert.Contains("1000", error.What, StringComparison.Ordinal);
        Assert.Contains($"{PinnedThread.Allowed()[0]}", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void All_bad_settings_are_listed_at_once()
    {
        var options = new BenchmarkOptions
        {
            Models = [],
            Threads = 0,
            Batch = -1,
            SecondsPerModel = double.NaN,
            Rounds = 0,
            OutputTolerance = -1,
            Processors = [0, 0],
        };
        var error = Assert.Throws<ArgumentException>(options.Validate);
        Assert.All(
            new[] { "Models", "Threads is 0", "Batch is -1", "SecondsPerModel", "Rounds is 0", "OutputTolerance is -1", "Processors is 0,0" },
            problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_are_those_in_the_documentation()
    {
        var options = new BenchmarkOptions { Models = [dense] };
        Assert.Equal((ExecutionProvider.Cpu, 1, 1, 1), (options.Provider, options.Threads, options.Batch, options.Seed));
        Assert.Equal((2.0, 20, 1e-4, false), (options.SecondsPerModel, options.Rounds, options.OutputTolerance, options.AllowDifferentOutputs));
        Assert.True(options.TransfersAreTimed);
        Assert.Equal((null, null), (options.Processors, options.MemoryMeter));
    }

    [Fact]
    public void A_cancelled_benchmark_stops()
    {
        using var cancellation = new CancellationTokenSource();
        var afterFirstRound = new Recorder(step => cancellation.CancelAfter(step.Round > 1 ? TimeSpan.Zero : Timeout.InfiniteTimeSpan));
        Assert.Throws<OperationCanceledException>(
            () => InferenceBenchmark.Run(SmallNetworks.Quick(dense) with { Rounds = 100_000, SecondsPerModel = 1000 }, afterFirstRound, cancellation.Token));
    }

    public void Dispose() => folder.Dispose();

    private sealed class CountingMeter : IMemoryMeter
    {
        public List<MemoryQuestion> Asked { get; } = [];

        public long? Measure(MemoryQuestion question, CancellationToken cancellationToken)
        {
            Asked.Add(question);
            return 100 * Asked.Count;
        }
    }
}
