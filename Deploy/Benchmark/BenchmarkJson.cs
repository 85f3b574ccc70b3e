using System.Text.Json.Nodes;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Writes benchmarks as JSON.</summary>
public static class BenchmarkJson
{
    /// <summary>
    /// One object: provider, and for a single measurement its keys too; rounds, secondsPerModel, seed, processors,
    /// transfersAreTimed, environment, warnings; measurements[] (threads, batch, processorsUsedByOthers, results[]). A result
    /// has model, medianMicroseconds, p95Microseconds, perSecond, fileBytes, speedup and more.
    /// </summary>
    /// <param name="reports">At least one; they share all options but threads and batch.</param>
    public static JsonObject Write(IReadOnlyList<BenchmarkReport> reports)
    {
        ArgumentOutOfRangeException.ThrowIfZero(reports.Count, nameof(reports));
        var options = reports[0].Options;
        var json = new JsonObject { ["provider"] = options.Provider.ToString().ToLowerInvariant() };
        if (reports.Count == 1)
        {
            AddMeasurement(json, reports[0]);
        }

        json["rounds"] = options.Rounds;
        json["secondsPerModel"] = options.SecondsPerModel;
        json["seed"] = options.Seed;
        json["processors"] = options.Processors is { } processors ? List(processors) : null;
        json["transfersAreTimed"] = options.Provider == ExecutionProvider.Cpu ? null : options.TransfersAreTimed;
        json["measurements"] = new JsonArray([.. reports.Select(report => AddMeasurement([], report))]);
        json["environment"] = Write(reports[0].Environment);
        json["warnings"] = List(reports.SelectMany(report => report.Warnings).Distinct());
        return json;
    }

    private static JsonObject AddMeasurement(JsonObject json, BenchmarkReport report)
    {
        json["threads"] = report.Options.Threads;
        json["batch"] = report.Options.Batch;
        json["processorsUsedByOthers"] = report.ProcessorsUsedByOthers;
        json["results"] = new JsonArray([.. report.Results.Select(Write)]);
        return json;
    }

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
        ["peakMemoryBytes"] = timing.PeakMemoryBytes,
        ["speedup"] = timing.Speedup,
        ["maxAbsDifference"] = timing.MaxAbsDifference is { } difference && double.IsFinite(difference) ? difference : null, // JSON has no infinity
        ["nodesPerProvider"] = new JsonObject(timing.NodesPerProvider.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };

    internal static JsonObject Write(BenchmarkEnvironment environment) => new()
    {
        ["processor"] = environment.Processor,
        ["architecture"] = environment.Architecture,
        ["logicalCores"] = environment.LogicalCores,
        ["operatingSystem"] = environment.OperatingSystem,
        ["dotNet"] = environment.DotNet,
        ["onnxRuntime"] = environment.OnnxRuntime,
        ["gpu"] = List(environment.Gpu),
    };

    private static JsonArray List<T>(IEnumerable<T> values) => new([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);
}
