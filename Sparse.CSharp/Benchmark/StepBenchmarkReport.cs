using SparseHybrid.Training;

namespace SparseHybrid.Benchmark;

/// <summary>What a <see cref="StepBenchmark"/> found; times are medians over all rounds.</summary>
public sealed record StepBenchmarkReport
{
    /// <summary>Bytes that a step reads and writes for each parameter: thirteen numbers of four bytes in two passes.</summary>
    public const int BytesPerParameter = 52;

    /// <summary>Parameters stepped.</summary>
    public required int Parameters { get; init; }

    /// <summary>Where they were.</summary>
    public required ComputeDevice Device { get; init; }

    /// <summary>On CUDA, the compiler of the fused step's kernels and the device, or why the fused step ran as tensor operations; else null.</summary>
    public required string? CudaKernels { get; init; }

    /// <summary>Threads that shared the work.</summary>
    public required int Threads { get; init; }

    /// <summary>Rounds timed.</summary>
    public required int Rounds { get; init; }

    /// <summary>Time of the fused step in place.</summary>
    public required double FusedMilliseconds { get; init; }

    /// <summary>Time of the same step as a chain of tensor operations.</summary>
    public required double TensorOpsMilliseconds { get; init; }

    /// <summary>Time of copying one tensor of this size to another, as memcpy does it; on CUDA within the device.</summary>
    public required double CopyMilliseconds { get; init; }

    /// <summary>Largest difference between the parameters of both steps, relative to the largest parameter.</summary>
    public required double MaxRelativeDifference { get; init; }

    /// <summary>How many times faster the fused step is.</summary>
    public double Ratio => TensorOpsMilliseconds / FusedMilliseconds;

    /// <summary>Bytes that the fused step moved a second, in units of 1e9.</summary>
    public double GigabytesPerSecond => Rate((long)BytesPerParameter * Parameters, FusedMilliseconds);

    /// <summary>Bytes that the copy read and wrote a second, in units of 1e9.</summary>
    public double MemcpyGigabytesPerSecond => Rate(2L * sizeof(float) * Parameters, CopyMilliseconds);

    /// <summary>Share of the copy's speed that the fused step reached.</summary>
    public double BandwidthShare => GigabytesPerSecond / MemcpyGigabytesPerSecond;

    private static double Rate(long bytes, double milliseconds) => bytes / (milliseconds * 1e6);
}
