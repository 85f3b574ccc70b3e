using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>How fast one model runs.</summary>
public sealed record ModelTiming
{
    /// <summary>The file, as it was given.</summary>
    public required string Model { get; init; }

    /// <summary>The file's size.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Time from the file to a session that is ready to run.</summary>
    public required double LoadMilliseconds { get; init; }

    /// <summary>The timed runs of one batch each; warm-up is not among them.</summary>
    public required LatencySummary Latency { get; init; }

    /// <summary>Samples per second at the median: batch / median.</summary>
    public required double PerSecond { get; init; }

    /// <summary>The first model's median divided by this one's: above 1 is faster.</summary>
    public required double Speedup { get; init; }

    /// <summary>Largest absolute difference of its outputs to the first model's on the benchmark's input.</summary>
    public required double MaxAbsDifference { get; init; }

    /// <summary>Nodes (after ONNX Runtime's fusions) that each execution provider really ran, from its own profile.</summary>
    public required IReadOnlyDictionary<string, int> NodesPerProvider { get; init; }
}

/// <summary>The result of one benchmark: plain data, for writers to present.</summary>
public sealed record BenchmarkReport
{
    /// <summary>What it ran on.</summary>
    public required BenchmarkEnvironment Environment { get; init; }

    /// <summary>The provider that was asked for; <see cref="ModelTiming.NodesPerProvider"/> says which ran.</summary>
    public required ExecutionProvider Provider { get; init; }

    /// <summary>Threads that shared the work of one operator.</summary>
    public required int Threads { get; init; }

    /// <summary>Samples in a run.</summary>
    public required int Batch { get; init; }

    /// <summary>Turns that the models took.</summary>
    public required int Rounds { get; init; }

    /// <summary>One entry per model, in the order given; the first is the baseline.</summary>
    public required IReadOnlyList<ModelTiming> Results { get; init; }

    /// <summary>What makes the figures less than they seem; empty when nothing does.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>Where a benchmark stands.</summary>
/// <param name="Model">The file being measured.</param>
/// <param name="Round">The turn under way, from 1; 0 during loading, comparison and warm-up.</param>
/// <param name="Rounds">The number of turns.</param>
public sealed record BenchmarkProgress(string Model, int Round, int Rounds);
