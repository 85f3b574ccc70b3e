using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Benchmark.Kernels;

namespace SparseHybrid.Deploy.Tests.Benchmark.Kernels;

public sealed class KernelBenchmarkTests
{
    private static readonly KernelBenchmarkOptions Quick = new()
    {
        Shapes = [LayerShape.Parse("fc:40x30")!, LayerShape.Parse("conv:5x6x3x3@9x8/2")!],
        Zeros = [0.9, 0.5],
        Batches = [1, 3],
        Threads = [1, 2],
        SecondsPerKernel = 0.002,
        Rounds = 2,
    };

    [Fact]
    public void Every_layer_is_timed_dense_and_at_every_share_of_zeros()
    {
        var rounds = new List<BenchmarkProgress>();
        var report = KernelBenchmark.Run(Quick, new Listener(rounds.Add));

        Assert.Equal(8, report.Layers.Count);
        Assert.True(report.PeakGigaflops > 0);
        Assert.Equal(1.0, rounds[^1].Share);
        Assert.All(report.Layers, layer =>
        {
            Assert.Equal([0.5, 0.9], layer.Sparse.Select(timing => timing.Zeros));
            Assert.All(layer.Sparse, timing =>
            {
                Assert.Equal(Math.Round(layer.Shape.Weights * (1 - timing.Zeros)), timing.Nonzeros, 1.0);
                Assert.Equal(2e-3 * timing.Nonzeros * layer.Shape.Places * layer.Batch / timing.Latency.MedianMicroseconds, timing.Gigaflops, 9);
                Assert.True(timing.ShareOfPeak > 0);
            });
        });
    }

    [Theory]
    [InlineData(new[] { 300.0, 200.0, 50.0 }, 0.7)]
    [InlineData(new[] { 100.0, 80.0, 50.0 }, 0.5)]
    public void The_break_even_lies_between_the_two_shares_around_it(double[] microseconds, double lowest)
    {
        var layer = Layer(microseconds);
        var breakEven = Assert.NotNull(layer.BreakEven);

        Assert.InRange(breakEven, lowest, 0.9);
        var after = layer.Sparse.First(timing => timing.Zeros >= breakEven && timing.Latency.MedianMicroseconds < 100);
        var before = layer.Sparse.Last(timing => timing.Zeros <= breakEven);
        var share = after == before ? 0 : (breakEven - before.Zeros) / (after.Zeros - before.Zeros);
        var there = before.Latency.MedianMicroseconds + (share * (after.Latency.MedianMicroseconds - before.Latency.MedianMicroseconds));
        Assert.Equal(100, there, 9);
    }

    [Fact]
    public void There_is_no_break_even_where_one_is_always_faster()
    {
        Assert.Null(Layer([90, 80, 70]).BreakEven);
        Assert.True(Layer([90, 80, 70]).IsAlwaysFaster);
        Assert.Null(Layer([300, 200, 110]).BreakEven);
        Assert.False(Layer([300, 200, 110]).IsAlwaysFaster);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var error = Assert.Throws<ArgumentException>(() => KernelBenchmark.Run(
            new KernelBenchmarkOptions { Shapes = [], Zeros = [1], Batches = [0], Threads = [], SecondsPerKernel = double.NaN, Rounds = 0 }));

        Assert.All(["Shapes", "Zeros", "Batches", "Threads", "SecondsPerKernel", "Rounds"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void It_stops_when_asked_to()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => KernelBenchmark.Run(Quick, null, source.Token));
    }

    /// <summary>A layer that takes 100 us dense, and these times at 50, 70 and 90 % zeros.</summary>
    private static LayerTiming Layer(double[] microseconds) => new(
        LayerShape.Usual[0], 1, 1, LatencySummary.Of([100.0]),
        [.. microseconds.Select((time, i) => new KernelTiming(0.5 + (0.2 * i), 1, LatencySummary.Of([time]), 1, 0.1))]);

    private sealed class Listener(Action<BenchmarkProgress> listen) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress value) => listen(value);
    }
}
