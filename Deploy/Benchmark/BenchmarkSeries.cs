using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>The same models measured with several numbers of threads and several batch sizes, every combination.</summary>
public static class BenchmarkSeries
{
    /// <summary>One report for each combination, in the order of the threads and, within each, of the batches.</summary>
    /// <param name="options">What all measurements share; its threads and batch are replaced.</param>
    /// <param name="threads">At least one.</param>
    /// <param name="batches">At least one. Every model is asked first whether it takes them all.</param>
    /// <param name="progress">Told before each turn.</param>
    /// <param name="cancellationToken">Looked at between two runs.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="ModelFileException">A file cannot be read or run, or takes another batch only.</exception>
    /// <exception cref="ProviderException">ONNX Runtime or the execution provider is not available.</exception>
    /// <exception cref="BenchmarkException">Outputs differ and may not, or a processor may not be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; there is no report.</exception>
    public static IReadOnlyList<BenchmarkReport> Run(
        BenchmarkOptions options,
        IReadOnlyList<int> threads,
        IReadOnlyList<int> batches,
        IProgress<BenchmarkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(threads.Count, nameof(threads));
        ArgumentOutOfRangeException.ThrowIfZero(batches.Count, nameof(batches));
        List<BenchmarkOptions> plan = [.. threads.SelectMany(_ => batches, (count, batch) => options with { Threads = count, Batch = batch })];
        plan.ForEach(measurement => measurement.Validate());
        if (plan.Count > 1)
        {
            CheckBatches(options, batches);
        }

        return [.. plan.Select((measurement, index) => InferenceBenchmark.Run(measurement, Part(progress, index, plan.Count), cancellationToken))];
    }

    // Otherwise the last of many measurements might be the first to fail.
    private static void CheckBatches(BenchmarkOptions options, IReadOnlyList<int> batches)
    {
        foreach (var path in options.Models)
        {
            using var session = ModelSession.Load(path, options.Session);
            foreach (var batch in batches)
            {
                session.InputShape(batch);
            }
        }
    }

    private static PartOfProgress? Part(IProgress<BenchmarkProgress>? whole, int index, int count) =>
        whole is null ? null : new PartOfProgress(whole, index, count);

    private sealed class PartOfProgress(IProgress<BenchmarkProgress> whole, int index, int count) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress value) => whole.Report(value with { Share = (index + value.Share) / count });
    }
}
