using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Tests.Support;

/// <summary>Benchmarks with figures that are known beforehand, for what writes them.</summary>
internal static class KnownReports
{
    private static readonly BenchmarkEnvironment Machine = new("Processor X", "X64", 2, "Linux", ".NET 10", "1.29.0", ["GPU Y"]);

    public static BenchmarkReport Of(int threads, int batch) => new()
    {
        Environment = Machine,
        Options = new BenchmarkOptions { Models = ["a.onnx", "odd,name.onnx"], Threads = threads, Batch = batch, Processors = [0, 1] },
        ProcessorsUsedByOthers = 0.125,
        Results =
        [
            Timing("a.onnx", median: 100 * batch, batch) with { MaxAbsDifference = 0, PeakMemoryBytes = 2_500_000 },
            Timing("odd,name.onnx", median: 50 * batch, batch) with { Speedup = 2, Nodes = [new("conv", "Conv", "CUDAExecutionProvider"), new("shape", "Shape", "CPUExecutionProvider")] },
        ],
        Warnings = [$"batch {batch}"],
    };

    private static ModelTiming Timing(string model, double median, int batch) => new()
    {
        Model = model,
        FileBytes = 1000,
        LoadMilliseconds = 1.5,
        Latency = new LatencySummary { Runs = 60, MinimumMicroseconds = median - 10, MedianMicroseconds = median, P95Microseconds = median + 20, SpreadMicroseconds = 5 },
        PerSecond = batch * 1e6 / median,
        Speedup = 1,
        MaxAbsDifference = null,
        Nodes = [new NodePlacement("conv", "Conv", "CPUExecutionProvider")],
    };
}
