namespace SparseHybrid.Benchmark;

/// <summary>What a <see cref="TrainingBenchmark"/> found.</summary>
public sealed record TrainingBenchmarkReport
{
    /// <summary>Name of the network.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the training method.</summary>
    public required string Method { get; init; }

    /// <summary>The network's parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Images in a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Threads of libtorch.</summary>
    public required int Threads { get; init; }

    /// <summary>Steps timed.</summary>
    public required int Steps { get; init; }

    /// <summary>Median over the steps, by the clock.</summary>
    public required double MedianMilliseconds { get; init; }

    /// <summary>95 of 100 steps took no longer.</summary>
    public required double P95Milliseconds { get; init; }

    /// <summary>Median of the processor time of a step, over all threads of the process: it leaves out what other processes took.</summary>
    public required double MedianProcessorMilliseconds { get; init; }

    /// <summary>The most main memory that the process has held, in bytes; 0 where the system does not tell.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>Images a second at the median.</summary>
    public double ImagesPerSecond => 1e3 * BatchSize / MedianMilliseconds;
}
