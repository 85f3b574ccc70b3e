namespace SparseHybrid.Deploy.Benchmark.Kernels;

/// <summary>Settings of one benchmark of sparse kernels. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record KernelBenchmarkOptions
{
    /// <summary>The layers, at least one. Default <see cref="LayerShape.Usual"/>.</summary>
    public IReadOnlyList<LayerShape> Shapes { get; init; } = LayerShape.Usual;

    /// <summary>Shares of zeros among the weights, at least one, each above 0 and below 1. Default 0.6, 0.7, 0.8, 0.9, 0.95 and 0.98.</summary>
    public IReadOnlyList<double> Zeros { get; init; } = [0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

    /// <summary>Samples in a run, at least one number of 1 or more. Default 1.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [1];

    /// <summary>Threads that share the work of a layer, at least one number of 1 or more. Default 1.</summary>
    public IReadOnlyList<int> Threads { get; init; } = [1];

    /// <summary>Time spent measuring each kernel, in seconds, above 0. Default 0.2.</summary>
    public double SecondsPerKernel { get; init; } = 0.2;

    /// <summary>Turns that the kernels of a layer take within that time, at least 1. Default 20.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>Seed of the random weights, zeros and inputs. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate()
    {
        string?[] problems =
        [
            Shapes is { Count: > 0 } ? null : "Shapes is empty; at least one layer is needed",
            Zeros is { Count: > 0 } && Zeros.All(share => share is > 0 and < 1) ? null : $"Zeros is {string.Join(", ", Zeros ?? [])}; each must be above 0 and below 1",
            Batches is { Count: > 0 } && Batches.All(batch => batch >= 1) ? null : $"Batches is {string.Join(", ", Batches ?? [])}; each must be at least 1",
            Threads is { Count: > 0 } && Threads.All(threads => threads >= 1) ? null : $"Threads is {string.Join(", ", Threads ?? [])}; each must be at least 1",
            SecondsPerKernel > 0 && double.IsFinite(SecondsPerKernel) ? null : $"SecondsPerKernel is {SecondsPerKernel}; it must be above 0",
            Rounds >= 1 ? null : $"Rounds is {Rounds}; it must be at least 1",
        ];
        if (problems.Any(problem => problem is not null))
        {
            throw new ArgumentException(string.Join("; ", problems.OfType<string>()) + ".");
        }
    }
}
