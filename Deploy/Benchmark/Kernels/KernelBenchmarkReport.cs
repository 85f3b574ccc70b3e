namespace SparseHybrid.Deploy.Benchmark.Kernels;

/// <summary>What a benchmark of sparse kernels found.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Environment">Where it was measured.</param>
/// <param name="PeakGigaflops">What one thread multiplies and adds at best, in billions of operations a second: the median of all measurements.</param>
/// <param name="ProcessorsUsedByOthers">Processors that other programs kept busy meanwhile; null where the system does not tell.</param>
/// <param name="Layers">One for each layer, batch and number of threads.</param>
public sealed record KernelBenchmarkReport(
    KernelBenchmarkOptions Options,
    BenchmarkEnvironment Environment,
    double PeakGigaflops,
    double? ProcessorsUsedByOthers,
    IReadOnlyList<LayerTiming> Layers);

/// <summary>One layer: dense, and sparse with different shares of zeros.</summary>
/// <param name="Shape">The layer.</param>
/// <param name="Batch">Samples in a run.</param>
/// <param name="Threads">Threads that share its work.</param>
/// <param name="Dense">ONNX Runtime's own kernel.</param>
/// <param name="Sparse">Ours, by zeros ascending.</param>
public sealed record LayerTiming(LayerShape Shape, int Batch, int Threads, LatencySummary Dense, IReadOnlyList<KernelTiming> Sparse)
{
    /// <summary>The share of zeros from which on ours is faster, interpolated between those measured; null where it does not lie between them.</summary>
    public double? BreakEven
    {
        get
        {
            foreach (var (before, after) in Sparse.Zip(Sparse.Skip(1)))
            {
                var (slower, faster) = (before.Latency.MedianMicroseconds - Dense.MedianMicroseconds, Dense.MedianMicroseconds - after.Latency.MedianMicroseconds);
                if (slower >= 0 && faster > 0)
                {
                    return before.Zeros + ((after.Zeros - before.Zeros) * slower / (slower + faster));
                }
            }

            return null;
        }
    }

    /// <summary>Whether ours is faster at every share of zeros that was measured.</summary>
    public bool IsAlwaysFaster => Sparse.All(timing => timing.Latency.MedianMicroseconds < Dense.MedianMicroseconds);

    /// <summary>How many times as fast as the dense layer ours is: dense median by sparse median.</summary>
    public double Speedup(KernelTiming timing)
    {
        ArgumentNullException.ThrowIfNull(timing);
        return Dense.MedianMicroseconds / timing.Latency.MedianMicroseconds;
    }
}

/// <summary>A sparse kernel.</summary>
/// <param name="Zeros">The share of zeros among its weights.</param>
/// <param name="Nonzeros">Its other weights.</param>
/// <param name="Latency">Times of a run.</param>
/// <param name="Gigaflops">Billions of operations a second, a multiplication with an addition being two; those with zeros do not count.</param>
/// <param name="ShareOfPeak">The same as a share of what its threads could do at best, measured in the same rounds.</param>
public sealed record KernelTiming(double Zeros, int Nonzeros, LatencySummary Latency, double Gigaflops, double ShareOfPeak);
