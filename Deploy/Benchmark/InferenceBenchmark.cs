using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>
/// Times models against each other under ONNX Runtime. Their outputs are compared first; then they take turns, so that a
/// slow moment of the machine hits all of them alike. Loading and warm-up are not part of the times.
/// </summary>
public static class InferenceBenchmark
{
    private const int MostRunsPerRound = 2000;

    /// <summary>Compares and times the models.</summary>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="ModelFileException">A file cannot be read or run.</exception>
    /// <exception cref="ProviderException">ONNX Runtime or the execution provider is not available.</exception>
    /// <exception cref="BenchmarkException">Outputs differ and may not, or a processor may not be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two runs; there is no report.</exception>
    public static BenchmarkReport Run(
        BenchmarkOptions options, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var contestants = new List<Contestant>();
        try
        {
            using var pinned = Pin(options);
            foreach (var path in options.Models)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Report(path, 0);
                contestants.Add(Contestant.Load(path, options, cancellationToken));
            }

            CompareOutputs(contestants, options);
            foreach (var contestant in contestants)
            {
                cancellationToken.ThrowIfCancellationRequested();
                contestant.WarmUp(options.SecondsPerModel / options.Rounds, MostRunsPerRound);
            }

            var others = new OtherPrograms();
            TakeTurns(contestants, options.Rounds, Report, cancellationToken);
            return Summarize(contestants, options, others.Processors(), cancellationToken);
        }
        finally
        {
            contestants.ForEach(contestant => contestant.Dispose());
        }

        void Report(string model, int round) =>
            progress?.Report(new BenchmarkProgress(model, options.Threads, options.Batch, round, (double)round / options.Rounds));
    }

    private static PinnedThread? Pin(BenchmarkOptions options)
    {
        if (options.Processors is not { } asked)
        {
            return null;
        }

        var allowed = PinnedThread.Allowed();
        return asked.Except(allowed).ToList() is [var processor, ..]
            ? throw new BenchmarkException(
                $"Cannot keep a thread on processor {processor}.",
                $"This process may use {string.Join(", ", allowed)}.",
                "Choose among these.")
            : PinnedThread.To(asked[0]);
    }

    private static void CompareOutputs(List<Contestant> contestants, BenchmarkOptions options)
    {
        var baseline = contestants[0];
        foreach (var other in contestants.Skip(1))
        {
            other.Agreement = OutputAgreement.Of(baseline.Outputs, other.Outputs);
            if (!options.AllowDifferentOutputs)
            {
                Require(other.Agreement, baseline.Path, other.Path, options.OutputTolerance);
            }
        }
    }

    private static void Require(OutputAgreement agreement, string baseline, string other, double tolerance)
    {
        const string fix = "Benchmark forms of the same weights, or allow it (bench: --allow-different; AllowDifferentOutputs).";
        if (agreement.Obstacle is { } obstacle)
        {
            throw new BenchmarkException($"'{other}' and '{baseline}' cannot be compared:", $"{obstacle}.", fix);
        }

        if (!(agreement.MaxAbsDifference <= tolerance * agreement.LargestExpected))
        {
            throw new BenchmarkException(
                $"'{other}' and '{baseline}' do not compute the same.",
                FormattableString.Invariant(
                    $"On the same input their outputs differ by up to {agreement.MaxAbsDifference:g3}; {tolerance:g3} of the largest, {agreement.LargestExpected:g3}, is allowed."),
                fix);
        }
    }

    private static void TakeTurns(List<Contestant> contestants, int rounds, Action<string, int> report, CancellationToken cancellationToken)
    {
        for (var round = 1; round <= rounds; round++)
        {
            for (var turn = 0; turn < contestants.Count; turn++)
            {
                var contestant = contestants[(round + turn) % contestants.Count]; // no one always follows the same other
                report(contestant.Path, round);
                contestant.TakeTurn(cancellationToken);
            }
        }
    }

    private static BenchmarkReport Summarize(
        List<Contestant> contestants, BenchmarkOptions options, double? processorsUsedByOthers, CancellationToken cancellationToken)
    {
        var latencies = contestants.Select(contestant => contestant.Latency()).ToList();
        var results = contestants.Zip(latencies, (contestant, latency) => new ModelTiming
        {
            Model = contestant.Path,
            FileBytes = ModelBytes.Of(contestant.Path),
            LoadMilliseconds = contestant.LoadMilliseconds,
            PeakMemoryBytes = options.MemoryMeter?.Measure(Question(contestant.Path, options), cancellationToken),
            Latency = latency,
            PerSecond = options.Batch * 1e6 / latency.MedianMicroseconds,
            Speedup = latencies[0].MedianMicroseconds / latency.MedianMicroseconds,
            MaxAbsDifference = contestant.Agreement.MaxAbsDifference,
            Nodes = contestant.Nodes,
        }).ToList();
        return new BenchmarkReport
        {
            Environment = BenchmarkEnvironment.Current(),
            Options = options,
            ProcessorsUsedByOthers = processorsUsedByOthers,
            Results = results,
            Warnings = [.. BenchmarkWarnings.For(options, results, processorsUsedByOthers)],
        };
    }

    private static MemoryQuestion Question(string model, BenchmarkOptions options) =>
        new(model, options.Provider, options.Threads, options.Batch, options.SampleShape);
}
