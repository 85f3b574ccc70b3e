using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>How fast one model runs.</summary>
public sealed record ModelTiming
{
    /// <summary>The file, as it was given.</summary>
    public required string Model { get; init; }

    /// <summary>The size of the file and of the files with weights that it names.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Median time from the file to a session that is ready to run.</summary>
    public required double LoadMilliseconds { get; init; }

    /// <summary>
    /// The most main memory that loading and running it added to a process of its own; null if it was not measured.
    /// See <see cref="PeakMemory"/>.
    /// </summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>The timed runs of one batch each; warm-up is not among them.</summary>
    public required LatencySummary Latency { get; init; }

    /// <summary>Samples per second at the median: batch / median.</summary>
    public required double PerSecond { get; init; }

    /// <summary>The first model's median divided by this one's: above 1 is faster.</summary>
    public required double Speedup { get; init; }

    /// <summary>Largest absolute difference of its outputs to the first model's on the benchmark's input; null if they cannot be compared.</summary>
    public required double? MaxAbsDifference { get; init; }

    /// <summary>The nodes (after ONNX Runtime's fusions) and the execution provider that really ran each, from its own profile.</summary>
    public required IReadOnlyList<NodePlacement> Nodes { get; init; }

    /// <summary>The number of nodes that each execution provider ran, by its name.</summary>
    public IReadOnlyDictionary<string, int> NodesPerProvider =>
        new SortedDictionary<string, int>(Nodes.CountBy(node => node.Provider).ToDictionary(), StringComparer.Ordinal);
}

/// <summary>The result of one benchmark: plain data, for writers to present.</summary>
public sealed record BenchmarkReport
{
    /// <summary>What it ran on.</summary>
    public required BenchmarkEnvironment Environment { get; init; }

    /// <summary>The settings.</summary>
    public required BenchmarkOptions Options { get; init; }

    /// <summary>Processors that other programs kept busy during the measurement (0.5: half of one); null where the system does not tell.</summary>
    public required double? ProcessorsUsedByOthers { get; init; }

    /// <summary>One entry per model, in the order given; the first is the baseline.</summary>
    public required IReadOnlyList<ModelTiming> Results { get; init; }

    /// <summary>What makes the figures less than they seem; empty when nothing does.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
