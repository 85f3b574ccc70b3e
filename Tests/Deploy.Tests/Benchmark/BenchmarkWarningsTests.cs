using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public class BenchmarkWarningsTests
{
    private static readonly BenchmarkReport Known = KnownReports.Of(1, 1);
    private static readonly ModelTiming Calm = Known.Results[0];

    [Fact]
    public void A_calm_measurement_has_none() => Assert.Empty(BenchmarkWarnings.For(Known.Options, [Calm], 0.1));

    [Fact]
    public void More_threads_than_processors_are_told()
    {
        var options = Known.Options with { Threads = Environment.ProcessorCount + 1 };
        Assert.Contains($"share {Environment.ProcessorCount} processors", Assert.Single(BenchmarkWarnings.For(options, [Calm], null)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_busy_machine_is_told_and_what_helps_when_threads_may_collide(int threads, bool pinningHelps)
    {
        var options = Known.Options with { Threads = threads, Processors = null };
        var busy = Assert.Single(BenchmarkWarnings.For(options, [Calm], 0.5), warning => warning.Contains("busy", StringComparison.Ordinal));
        Assert.Equal(pinningHelps, busy.Contains("--pin", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wide_spread_is_told_with_its_model()
    {
        var wide = Calm with { Latency = Calm.Latency with { SpreadMicroseconds = 40 } };
        Assert.Equal("'a.onnx': the middle half of its times spreads over 40 % of the median.", Assert.Single(BenchmarkWarnings.For(Known.Options, [wide], null)));
    }

    [Fact]
    public void Nodes_that_fell_back_to_the_processor_are_named()
    {
        var options = Known.Options with { Provider = ExecutionProvider.Cuda };
        List<NodePlacement> nodes = [.. Enumerable.Range(1, 7).Select(index => new NodePlacement($"node{index}", "Where", "CPUExecutionProvider"))];
        var fallen = Calm with { Nodes = [new("conv", "Conv", "CUDAExecutionProvider"), .. nodes] };
        Assert.Equal(
            "'a.onnx': 7 of 8 nodes did not run on cuda but on CPUExecutionProvider: node1 (Where), node2 (Where), node3 (Where), node4 (Where), node5 (Where) and 2 more.",
            Assert.Single(BenchmarkWarnings.For(options, [fallen], null)));
        Assert.Empty(BenchmarkWarnings.For(options, [Calm with { Nodes = [fallen.Nodes[0]] }], null));
    }
}
