using System.Globalization;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Says what makes a benchmark's figures less than they seem.</summary>
internal static class BenchmarkWarnings
{
    private const double WideSpread = 0.25; // of the median
    private const double BusyProcessors = 0.25; // and on large machines
    private const double BusyShare = 0.05; // of them all
    private const int MostNodesNamed = 5;

    public static IEnumerable<string> For(BenchmarkOptions options, IReadOnlyList<ModelTiming> results, double? processorsUsedByOthers)
    {
        if (options.Threads > System.Environment.ProcessorCount)
        {
            yield return $"{options.Threads} threads had to share {System.Environment.ProcessorCount} processors.";
        }

        if (processorsUsedByOthers > Math.Max(BusyProcessors, BusyShare * System.Environment.ProcessorCount))
        {
            var pinning = options is { Threads: > 1, Processors: null } ? " Threads may have shared a processor: pin them (bench: --pin)." : "";
            yield return $"The machine was busy with other programs meanwhile.{pinning}";
        }

        foreach (var warning in results.SelectMany(result => For(options, result)))
        {
            yield return warning;
        }
    }

    private static IEnumerable<string> For(BenchmarkOptions options, ModelTiming result)
    {
        var latency = result.Latency;
        if (latency.SpreadMicroseconds > WideSpread * latency.MedianMicroseconds)
        {
            var share = latency.SpreadMicroseconds / latency.MedianMicroseconds;
            yield return string.Create(
                CultureInfo.InvariantCulture, $"'{result.Model}': the middle half of its times spreads over {100 * share:0} % of the median.");
        }

        var elsewhere = result.Nodes.Where(node => !node.Provider.StartsWith(options.Provider.ToString(), StringComparison.OrdinalIgnoreCase)).ToList();
        if (elsewhere.Count > 0)
        {
            var names = elsewhere.Take(MostNodesNamed).Select(node => $"{node.Node} ({node.Operator})");
            var more = elsewhere.Count > MostNodesNamed ? $" and {elsewhere.Count - MostNodesNamed} more" : "";
            yield return $"'{result.Model}': {elsewhere.Count} of {result.Nodes.Count} nodes did not run on {options.Provider.ToString().ToLowerInvariant()} "
                + $"but on {string.Join(", ", elsewhere.Select(node => node.Provider).Distinct())}: {string.Join(", ", names)}{more}.";
        }
    }
}
