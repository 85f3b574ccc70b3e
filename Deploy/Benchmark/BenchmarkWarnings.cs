namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Says what makes a benchmark's figures less than they seem.</summary>
internal static class BenchmarkWarnings
{
    private const double WideSpread = 0.25; // of the median

    public static IEnumerable<string> For(BenchmarkOptions options, IReadOnlyList<ModelTiming> results)
    {
        if (options.Threads > System.Environment.ProcessorCount)
        {
            yield return $"{options.Threads} threads were asked for on {System.Environment.ProcessorCount} cores.";
        }

        foreach (var result in results)
        {
            var latency = result.Latency;
            if (latency.SpreadMicroseconds > WideSpread * latency.MedianMicroseconds)
            {
                yield return $"'{result.Model}': half of the times spread over {latency.SpreadMicroseconds / latency.MedianMicroseconds:P0} of the median; the machine is busy.";
            }

            if (result.NodesPerProvider.Count > 1)
            {
                yield return $"'{result.Model}' ran on several providers: {string.Join(", ", result.NodesPerProvider.Select(pair => $"{pair.Value} nodes on {pair.Key}"))}.";
            }
        }
    }
}
