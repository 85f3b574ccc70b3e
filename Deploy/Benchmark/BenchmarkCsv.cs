using SparseHybrid.Runs;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Writes benchmarks as CSV: a line for every model in every measurement, under the names and in the units of the JSON.</summary>
public static class BenchmarkCsv
{
    private static readonly string[] Header =
    [
        "provider", "threads", "batch", "model", "medianMicroseconds", "p95Microseconds", "minimumMicroseconds", "spreadMicroseconds", "runs", "perSecond",
        "speedup", "maxAbsDifference", "fileBytes", "loadMilliseconds", "peakMemoryBytes", "nodesPerProvider",
    ];

    /// <summary>The whole table.</summary>
    public static string Write(IReadOnlyList<BenchmarkReport> reports) =>
        Csv.Write(Header, reports.SelectMany(report => report.Results, Row));

    private static IEnumerable<object?> Row(BenchmarkReport report, ModelTiming timing) =>
    [
        report.Options.Provider.ToString().ToLowerInvariant(), report.Options.Threads, report.Options.Batch, timing.Model,
        timing.Latency.MedianMicroseconds, timing.Latency.P95Microseconds, timing.Latency.MinimumMicroseconds, timing.Latency.SpreadMicroseconds,
        timing.Latency.Runs, timing.PerSecond, timing.Speedup, timing.MaxAbsDifference, timing.FileBytes, timing.LoadMilliseconds, timing.PeakMemoryBytes,
        string.Join(' ', timing.NodesPerProvider.Select(pair => $"{pair.Key}={pair.Value}")),
    ];
}
