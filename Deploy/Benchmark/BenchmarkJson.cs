using System.Text.Json.Nodes;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Writes a benchmark as JSON.</summary>
public static class BenchmarkJson
{
    /// <summary>
    /// One object: provider, threads, batch, results[] (model, medianMicroseconds, p95Microseconds, perSecond, fileBytes,
    /// speedup and more), environment, warnings.
    /// </summary>
    public static JsonObject Write(BenchmarkReport report) => new()
    {
        ["provider"] = report.Provider.ToString().ToLowerInvariant(),
        ["threads"] = report.Threads,
        ["batch"] = report.Batch,
        ["rounds"] = report.Rounds,
        ["results"] = new JsonArray([.. report.Results.Select(Write)]),
        ["environment"] = Write(report.Environment),
        ["warnings"] = new JsonArray([.. report.Warnings.Select(warning => JsonValue.Create(warning))]),
    };

    private static JsonNode Write(ModelTiming timing) => new JsonObject
    {
        ["model"] = timing.Model,
        ["medianMicroseconds"] = timing.Latency.MedianMicroseconds,
        ["p95Microseconds"] = timing.Latency.P95Microseconds,
        ["minimumMicroseconds"] = timing.Latency.MinimumMicroseconds,
        ["spreadMicroseconds"] = timing.Latency.SpreadMicroseconds,
        ["runs"] = timing.Latency.Runs,
        ["perSecond"] = timing.PerSecond,
        ["fileBytes"] = timing.FileBytes,
        ["loadMilliseconds"] = timing.LoadMilliseconds,
        ["speedup"] = timing.Speedup,
        ["maxAbsDifference"] = double.IsFinite(timing.MaxAbsDifference) ? timing.MaxAbsDifference : null, // JSON has no infinity
        ["nodesPerProvider"] = new JsonObject(timing.NodesPerProvider.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };

    private static JsonObject Write(BenchmarkEnvironment environment) => new()
    {
        ["processor"] = environment.Processor,
        ["architecture"] = environment.Architecture,
        ["logicalCores"] = environment.LogicalCores,
        ["operatingSystem"] = environment.OperatingSystem,
        ["dotNet"] = environment.DotNet,
        ["onnxRuntime"] = environment.OnnxRuntime,
    };
}
