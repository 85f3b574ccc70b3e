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
                var share = latency.SpreadMicroseconds / latency.MedianMicroseconds;
                yield return $"'{result.Model}': half of the times spread over {share:P0} of the median; the machine is busy.";
            }

            if (result.NodesPerProvider.Count > 1)
            {
                var parts = result.NodesPerProvider.Select(pair => $"{pair.Value} nodes on {pair.Key}");
                yield return $"'{result.Model}' ran on several providers: {string.Join(", ", parts)}.";
            }
        }
    }
}
