using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>
/// Times models against each other under ONNX Runtime. Their outputs are compared first; then they take turns, so that a
/// slow moment of the machine hits all of them alike. Loading and warm-up are not part of the times.
/// </summary>
public static class InferenceBenchmark
{
    private const int WarmUpRuns = 5;
    private const int MostRunsPerRound = 2000;

    /// <summary>Compares and times the models.</summary>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="ModelFileException">A file cannot be read or run.</exception>
    /// <exception cref="ProviderException">ONNX Runtime or the execution provider is not available.</exception>
    /// <exception cref="BenchmarkException">Outputs differ and may not.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two runs; there is no report.</exception>
    public static BenchmarkReport Run(
        BenchmarkOptions options, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var settings = new SessionSettings(options.Provider, options.Threads, options.SampleShape);
        var contestants = new List<Contestant>();
        try
        {
            foreach (var path in options.Models)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new BenchmarkProgress(path, 0, options.Rounds));
                contestants.Add(Contestant.Load(path, settings, options));
            }
            CompareOutputs(contestants, options);
            foreach (var contestant in contestants)
            {
                contestant.WarmUp(WarmUpRuns, options.SecondsPerModel / options.Rounds, MostRunsPerRound);
            }

            TakeTurns(contestants, options.Rounds, progress, cancellationToken);
            return Report(contestants, options);
        }
        finally
        {
            contestants.ForEach(contestant => contestant.Dispose());
        }
    }

    private static void CompareOutputs(List<Contestant> contestants, BenchmarkOptions options)
    {
        var baseline = contestants[0];
        foreach (var other in contestants.Skip(1))
        {
            if (!other.HasSameInterfaceAs(baseline))
            {
                throw new BenchmarkException(
                    $"Cannot compare '{other.Path}' with '{baseline.Path}'.", "Their inputs or outputs have different shapes.",
                    "Benchmark models of the same task.");
            }
            var tolerance = options.OutputTolerance * Math.Max(1, other.CompareWith(baseline));
            if (!options.AllowDifferentOutputs && !(other.MaxAbsDifference <= tolerance))
            {
                throw new BenchmarkException(
                    $"'{other.Path}' and '{baseline.Path}' do not compute the same.",
                    $"Their outputs differ by up to {other.MaxAbsDifference:g4} on the same input; {tolerance:g4} is allowed.",
                    "Benchmark forms of the same weights, or say that outputs may differ.");
            }
        }
    }

    private static void TakeTurns(
        List<Contestant> contestants, int rounds, IProgress<BenchmarkProgress>? progress, CancellationToken cancellationToken)
    {
        for (var round = 1; round <= rounds; round++)
        {
            for (var turn = 0; turn < contestants.Count; turn++)
            {
                var contestant = contestants[(round + turn) % contestants.Count]; // no one always follows the same other
                progress?.Report(new BenchmarkProgress(contestant.Path, round, rounds));
                contestant.TakeTurn(cancellationToken);
            }
        }
    }

    private static BenchmarkReport Report(List<Contestant> contestants, BenchmarkOptions options)
    {
        var latencies = contestants.Select(contestant => contestant.Latency()).ToList();
        var results = contestants.Zip(latencies, (contestant, latency) => new ModelTiming
        {
            Model = contestant.Path,
            FileBytes = new FileInfo(contestant.Path).Length,
            LoadMilliseconds = contestant.LoadMilliseconds,
            Latency = latency,
            PerSecond = options.Batch * 1e6 / latency.MedianMicroseconds,
            Speedup = latencies[0].MedianMicroseconds / latency.MedianMicroseconds,
            MaxAbsDifference = contestant.MaxAbsDifference,
            NodesPerProvider = contestant.NodesPerProvider,
        }).ToList();
        return new BenchmarkReport
        {
            Environment = BenchmarkEnvironment.Current(),
            Provider = options.Provider,
            Threads = options.Threads,
            Batch = options.Batch,
            Rounds = options.Rounds,
            Results = results,
            Warnings = [.. BenchmarkWarnings.For(options, results)],
        };
    }
}
