using System.Globalization;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Writes a benchmark as lines of text: the environment, a table, what its columns mean, warnings.</summary>
public static class BenchmarkTable
{
    private static readonly string[] Header = ["model", "median", "p95", "spread", "per second", "size", "speedup"];

    /// <summary>The lines, without colours or borders.</summary>
    public static IEnumerable<string> Lines(BenchmarkReport report)
    {
        var environment = report.Environment;
        yield return $"{environment.Processor}, {environment.LogicalCores} cores, {environment.OperatingSystem}";
        yield return $"ONNX Runtime {environment.OnnxRuntime}, {string.Join(" and ", Providers(report))}, "
            + $"{report.Threads} {(report.Threads == 1 ? "thread" : "threads")}, batch {report.Batch}, {report.Rounds} interleaved rounds";
        yield return "";
        List<string[]> rows = [Header, .. report.Results.Select(Row)];
        var widths = Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            yield return string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])));
        }

        yield return "";
        yield return "median, p95, spread: of one run of the batch; spread is between the quartiles. speedup: against the first model.";
        foreach (var warning in report.Warnings)
        {
            yield return $"warning: {warning}";
        }
    }

    /// <summary>The execution providers that really ran.</summary>
    public static IEnumerable<string> Providers(BenchmarkReport report) =>
        report.Results.SelectMany(result => result.NodesPerProvider.Keys).Distinct();

    private static string[] Row(ModelTiming timing) =>
    [
        Path.GetFileName(timing.Model),
        Duration(timing.Latency.MedianMicroseconds),
        Duration(timing.Latency.P95Microseconds),
        Duration(timing.Latency.SpreadMicroseconds),
        timing.PerSecond.ToString("N0", CultureInfo.InvariantCulture),
        $"{(timing.FileBytes / 1000.0).ToString("N1", CultureInfo.InvariantCulture)} kB",
        $"{timing.Speedup.ToString("0.00", CultureInfo.InvariantCulture)}x",
    ];

    private static string Duration(double microseconds) => microseconds < 1000
        ? $"{microseconds.ToString("0.0", CultureInfo.InvariantCulture)} us"
        : $"{(microseconds / 1000).ToString("0.00", CultureInfo.InvariantCulture)} ms";
}
