using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Settings of one benchmark. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>The .onnx files, at least one. The first is the baseline that the others are compared with.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Where ONNX Runtime computes. Default the processor.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>Threads that share the work of one operator, at least 1. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Samples in a run, at least 1. Default 1.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Sizes of one sample, each at least 1, for the dimensions that a model leaves open. Null, the default: as the models say.</summary>
    public IReadOnlyList<long>? SampleShape { get; init; }

    /// <summary>Seed of the random input (standard normal). Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Time spent measuring each model, in seconds, above 0. Default 2.</summary>
    public double SecondsPerModel { get; init; } = 2.0;

    /// <summary>Turns that the models take; each gets its share of the time in each round. At least 1, default 20.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>
    /// Largest difference between the outputs of a model and those of the first, as a share of the largest output (or of 1,
    /// if outputs are smaller). 0 or more, default 1e-4.
    /// </summary>
    public double OutputTolerance { get; init; } = 1e-4;

    /// <summary>Whether models may be timed although their outputs differ, as those of models with other weights do. Default false.</summary>
    public bool AllowDifferentOutputs { get; init; }

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        Require(Models is { Count: > 0 }, "Models is empty; at least one file is needed");
        Require(Enum.IsDefined(Provider), $"Provider is {Provider}; known are {string.Join(", ", Enum.GetNames<ExecutionProvider>())}");
        Require(Threads >= 1, $"Threads is {Threads}; it must be at least 1");
        Require(Batch >= 1, $"Batch is {Batch}; it must be at least 1");
        Require(SampleShape is null || SampleShape.All(size => size >= 1), $"SampleShape is {string.Join('x', SampleShape ?? [])}; each size must be at least 1");
        Require(SecondsPerModel > 0 && double.IsFinite(SecondsPerModel), $"SecondsPerModel is {SecondsPerModel}; it must be above 0");
        Require(Rounds >= 1, $"Rounds is {Rounds}; it must be at least 1");
        Require(OutputTolerance >= 0, $"OutputTolerance is {OutputTolerance}; it must be 0 or more");
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", problems) + ".");
        }

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }
}
