using System.Runtime.InteropServices;
using SparseHybrid.Optim;
using SparseHybrid.Training;
using TorchSharp;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace SparseHybrid.Benchmark;

/// <summary>
/// Times one step of xRDA with adaptive weights, entry by entry, over one float32 tensor: fused, and as a chain of tensor
/// operations. Beside them it times a plain copy, the yardstick of what memory can do. The three take turns.
/// </summary>
public sealed class StepBenchmark : IDisposable
{
    private static readonly Regularizer Penalty = Regularizers.AdaptiveL1(1e-6, 500, 9.5, Grouping.Element);

    private static readonly DualAveraging.Hyperparameters Hyper = new(stepSize: 0.5, momentumTimeScale: 9.5, averaging: 0.5, weightDecay: 5e-4);

    private readonly StepBenchmarkOptions options;
    private readonly torch.Device device;
    private readonly torch.Tensor gradient;
    private readonly torch.Tensor fused;
    private readonly torch.Tensor copy;
    private torch.Tensor pure;
    private DualAveraging.State fusedState;
    private DualAveraging.State pureState;

    private StepBenchmark(StepBenchmarkOptions options)
    {
        this.options = options;
        device = options.Device.Open();
        using var random = new torch.Generator((ulong)options.Seed);
        gradient = Draw(random);
        fused = Draw(random);
        pure = fused.clone();
        copy = torch.zeros_like(fused);
        fusedState = DualAveraging.Init(Penalty, fused);
        pureState = DualAveraging.Init(Penalty, pure);
    }

    /// <summary>Measures. libtorch's number of threads is put back afterwards.</summary>
    /// <param name="options">Checked first.</param>
    /// <param name="progress">Told the rounds done, from 1.</param>
    /// <param name="cancellation">Looked at before each turn.</param>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    /// <exception cref="DeviceException">There is no such device here.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static StepBenchmarkReport Run(StepBenchmarkOptions options, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var threads = torch.get_num_threads();
        torch.set_num_threads(options.Threads);
        try
        {
            using var benchmark = new StepBenchmark(options);
            return benchmark.Measure(progress, cancellation);
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        fusedState.Dispose();
        pureState.Dispose();
        foreach (var tensor in new[] { gradient, fused, copy, pure })
        {
            tensor.Dispose();
        }
    }

    private bool IsOnCuda => options.Device == ComputeDevice.Cuda;

    private static double Median(List<double> times)
    {
        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }

    private torch.Tensor Draw(torch.Generator random)
    {
        using var normal = torch.randn(options.Parameters, generator: random);
        using var there = normal.to(device);
        return there * 0.05;
    }

    private StepBenchmarkReport Measure(IProgress<int>? progress, CancellationToken cancellation)
    {
        Action[] contestants = [StepFused, StepByTensorOperations, Copy];
        var times = contestants.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= options.Rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var start = Stopwatch.GetTimestamp();
                contestants[i]();
                Wait();
                var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (round > 0)
                {
                    times[i].Add(elapsed); // the first turn compiles and touches the memory
                }
            }

            progress?.Report(round);
        }

        return new StepBenchmarkReport
        {
            Parameters = options.Parameters,
            Device = options.Device,
            CudaKernels = IsOnCuda ? Optim.CudaKernels.Describe(0) : null,
            Threads = options.Threads,
            Rounds = options.Rounds,
            FusedMilliseconds = Median(times[0]),
            TensorOpsMilliseconds = Median(times[1]),
            CopyMilliseconds = Median(times[2]),
            MaxRelativeDifference = MaxRelativeDifference(),
        };
    }

    private void StepFused() => fusedState = DualAveraging.StepInPlace(Hyper, Penalty, gradient, fused, fusedState);

    private void StepByTensorOperations()
    {
        var (next, nextState) = DualAveraging.Step(Hyper, Penalty, gradient, pure, pureState);
        pure.Dispose();
        pureState.Dispose();
        (pure, pureState) = (next, nextState);
    }

    // A device works on while the program goes ahead.
    private void Wait()
    {
        if (IsOnCuda)
        {
            torch.cuda.synchronize(device);
        }
    }

    private void Copy()
    {
        if (IsOnCuda)
        {
            copy.copy_(fused);
            return;
        }

        var share = (options.Parameters + options.Threads - 1) / options.Threads;
        Parallel.For(0, options.Threads, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, part =>
        {
            var start = Math.Min(part * share, options.Parameters);
            var length = Math.Min(share, options.Parameters - start);
            Entries(fused).Slice(start, length).CopyTo(Entries(copy).Slice(start, length));
        });
    }

    private static Span<float> Entries(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private double MaxRelativeDifference()
    {
        using var scope = torch.NewDisposeScope();
        var difference = (fused - pure).abs().max().item<float>();
        return difference / pure.abs().max().item<float>();
    }
}
