using System.Text.Json.Nodes;

namespace SparseHybrid.Deploy.Benchmark.Kernels;

/// <summary>Writes benchmarks of sparse kernels as JSON.</summary>
public static class KernelBenchmarkJson
{
    /// <summary>
    /// One object: peakGigaflops, processorsUsedByOthers, rounds, secondsPerKernel, seed, environment and layers[]: layer, batch, threads,
    /// denseMicroseconds, breakEvenZeros (null where it does not lie between the zeros measured), isAlwaysFaster, and kernels[]: zeros,
    /// nonzeros, medianMicroseconds, p95Microseconds, runs, speedup, gigaflops, shareOfPeak.
    /// </summary>
    public static JsonObject Write(KernelBenchmarkReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JsonObject
        {
            ["peakGigaflops"] = report.PeakGigaflops,
            ["processorsUsedByOthers"] = report.ProcessorsUsedByOthers,
            ["rounds"] = report.Options.Rounds,
            ["secondsPerKernel"] = report.Options.SecondsPerKernel,
            ["seed"] = report.Options.Seed,
            ["environment"] = BenchmarkJson.Write(report.Environment),
            ["layers"] = new JsonArray([.. report.Layers.Select(Write)]),
        };
    }

    private static JsonNode Write(LayerTiming layer) => new JsonObject
    {
        ["layer"] = layer.Shape.ToString(),
        ["batch"] = layer.Batch,
        ["threads"] = layer.Threads,
        ["denseMicroseconds"] = layer.Dense.MedianMicroseconds,
        ["breakEvenZeros"] = layer.BreakEven,
        ["isAlwaysFaster"] = layer.IsAlwaysFaster,
        ["kernels"] = new JsonArray([.. layer.Sparse.Select(timing => Write(layer, timing))]),
    };

    private static JsonNode Write(LayerTiming layer, KernelTiming timing) => new JsonObject
    {
        ["zeros"] = timing.Zeros,
        ["nonzeros"] = timing.Nonzeros,
        ["medianMicroseconds"] = timing.Latency.MedianMicroseconds,
        ["p95Microseconds"] = timing.Latency.P95Microseconds,
        ["runs"] = timing.Latency.Runs,
        ["speedup"] = layer.Speedup(timing),
        ["gigaflops"] = timing.Gigaflops,
        ["shareOfPeak"] = timing.ShareOfPeak,
    };
}
