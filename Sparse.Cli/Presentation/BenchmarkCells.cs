using System.Globalization;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Cli.Presentation;

/// <summary>A benchmark as words and figures, which the terminal and Markdown put into tables.</summary>
internal static class BenchmarkCells
{
    private const string Unknown = "-";

    /// <summary>The columns of what depends on threads and batch, after the model's name.</summary>
    public static readonly string[] TimeColumns = ["median", "p95", "spread", "samples/s", "memory", "speedup"];

    /// <summary>The columns of what a model is, after its name.</summary>
    public static readonly string[] FactColumns = ["file", "load", "difference", "nodes"];

    public static string[] Times(ModelTiming timing) =>
    [
        Format.Microseconds(timing.Latency.MedianMicroseconds),
        Format.Microseconds(timing.Latency.P95Microseconds),
        Spread(timing.Latency),
        Format.Count((long)Math.Round(timing.PerSecond)),
        timing.PeakMemoryBytes is { } bytes ? Format.Bytes(bytes) : Unknown,
        Format.Ratio(timing.Speedup),
    ];

    /// <param name="timings">Those of one model in all measurements, at least one.</param>
    public static string[] Facts(IReadOnlyList<ModelTiming> timings) =>
    [
        Format.Bytes(timings[0].FileBytes),
        Format.Microseconds(1e3 * timings[0].LoadMilliseconds),
        Difference(timings),
        string.Join(" + ", timings[0].NodesPerProvider.Select(pair => $"{pair.Value} {pair.Key.Replace("ExecutionProvider", "")}")),
    ];

    /// <summary>The models' names as short as they can be told apart: without folder and .onnx where these are alike.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> models)
    {
        var paths = models.ToList();
        Func<string, string?>[] ways = [path => Path.GetFileNameWithoutExtension(path), path => Path.GetFileName(path)];
        var way = Array.Find(ways, way => paths.Select(way).Distinct().Count() == paths.Distinct().Count());
        return way is null ? paths : [.. paths.Select(path => way(path)!)];
    }

    /// <summary>As "2 threads, batch 16".</summary>
    public static string Title(int threads, int batch) => $"{threads} {(threads == 1 ? "thread" : "threads")}, batch {batch}";

    /// <summary>What was measured on, and how.</summary>
    public static IEnumerable<string> Setting(IReadOnlyList<BenchmarkReport> reports)
    {
        var (environment, options) = (reports[0].Environment, reports[0].Options);
        yield return $"{environment.Processor}, {environment.LogicalCores} {(environment.LogicalCores == 1 ? "processor" : "processors")}, {environment.OperatingSystem}";
        yield return $"ONNX Runtime {environment.OnnxRuntime} on {Provider(options, environment)}, {environment.DotNet}";
        var single = reports.Count == 1 ? $"{Title(options.Threads, options.Batch)}; " : "";
        var pinned = options.Processors is { } processors ? $", pinned to {(processors.Count == 1 ? "processor" : "processors")} {string.Join(", ", processors)}" : "";
        yield return FormattableString.Invariant($"{single}{options.Rounds} interleaved rounds in {options.SecondsPerModel:0.##} s a model{pinned}");
    }

    /// <summary>What the columns mean.</summary>
    public static IEnumerable<(string Column, string Meaning)> Legend(IReadOnlyList<BenchmarkReport> reports)
    {
        var runs = reports.SelectMany(report => report.Results).Min(result => result.Latency.Runs);
        yield return ("median, p95", $"time of a run of the batch, over {runs} runs or more after warm-up");
        yield return ("spread", "between the quartiles of these times, as a share of the median");
        if (reports[0].Results[0].PeakMemoryBytes is not null)
        {
            yield return ("memory", "the most that loading and running added to a process of its own");
        }

        yield return ("speedup", "median of the first model / median");
        yield return ("load", "median time from the file to a session that is ready");
        if (reports[0].Results.Count > 1)
        {
            yield return ("difference", "largest of an output to the first model's, same random input");
        }

        yield return ("nodes", "after ONNX Runtime's fusions, by the provider that ran them");
    }

    /// <summary>What makes the figures less than they seem, each once.</summary>
    public static IReadOnlyList<string> Warnings(IReadOnlyList<BenchmarkReport> reports) =>
        reports.Count == 1
            ? reports[0].Warnings
            : [.. reports.SelectMany(report => report.Warnings.Select(warning => (warning, Title: Title(report.Options.Threads, report.Options.Batch))))
                .GroupBy(pair => pair.warning)
                .Select(group => group.Count() == reports.Count ? group.Key : $"{string.Join("; ", group.Select(pair => pair.Title))}: {group.Key}")];

    // ONNX Runtime computes on the first GPU.
    private static string Provider(BenchmarkOptions options, BenchmarkEnvironment environment) => (options.Provider, environment.Gpu) switch
    {
        (ExecutionProvider.Cpu, _) => "cpu",
        (var provider, var gpus) => $"{provider.ToString().ToLowerInvariant()}{(gpus.Count > 0 ? $" ({gpus[0]})" : "")}, "
            + $"transfers {(options.TransfersAreTimed ? "" : "not ")}timed",
    };

    private static string Spread(LatencySummary latency) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * latency.SpreadMicroseconds / latency.MedianMicroseconds:0.0} %");

    private static string Difference(IEnumerable<ModelTiming> timings)
    {
        var largest = timings.Select(timing => timing.MaxAbsDifference).Max();
        return largest switch
        {
            null => Unknown,
            0 => "0",
            double.PositiveInfinity => "infinite", // NaN on one side only
            _ => largest.Value.ToString("0.0e-0", CultureInfo.InvariantCulture),
        };
    }
}
