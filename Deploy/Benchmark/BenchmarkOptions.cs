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

    /// <summary>
    /// The processors to keep the threads on, one for each in their order, each once, numbered from 0; at least as many as
    /// threads. Null, the default: the system chooses. Linux only.
    /// </summary>
    public IReadOnlyList<int>? Processors { get; init; }

    /// <summary>Samples in a run, at least 1. Default 1.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Sizes of one sample, each at least 1, for the dimensions that a model leaves open. Null, the default: as the models say.</summary>
    public IReadOnlyList<long>? SampleShape { get; init; }

    /// <summary>
    /// Whether a run on a GPU begins with its input in main memory and ends with its outputs there, as in a program whose data
    /// are in main memory; otherwise both stay in the GPU's memory. Default true. Of no effect on the processor.
    /// </summary>
    public bool TransfersAreTimed { get; init; } = true;

    /// <summary>Seed of the random input (standard normal). Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Time spent measuring each model, in seconds, above 0. Default 2.</summary>
    public double SecondsPerModel { get; init; } = 2.0;

    /// <summary>Turns that the models take; each gets its share of the time in each round. At least 1, default 20.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>
    /// Largest difference between the outputs of a model and those of the first, as a share of the first's largest output.
    /// 0 or more, default 1e-4.
    /// </summary>
    public double OutputTolerance { get; init; } = 1e-4;

    /// <summary>
    /// Whether models may be timed although their outputs differ, as those of models with other weights do, or cannot be
    /// compared, as those of other shapes. Default false.
    /// </summary>
    public bool AllowDifferentOutputs { get; init; }

    /// <summary>Measures the memory that a model takes, in a process of its own. Null, the default: it is not measured.</summary>
    public IMemoryMeter? MemoryMeter { get; init; }

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        Require(Models is { Count: > 0 }, "Models is empty; at least one file is needed");
        Require(Enum.IsDefined(Provider), $"Provider is {Provider}; known are {string.Join(", ", Enum.GetNames<ExecutionProvider>())}");
        Require(Threads >= 1, $"Threads is {Threads}; it must be at least 1");
        Require(
            Processors is null || (Processors.Count >= Threads && Processors.All(processor => processor >= 0) && Processors.Distinct().Count() == Processors.Count),
            $"Processors is {string.Join(',', Processors ?? [])}; it must be one number of 0 or more for each of {Threads} threads, each once");
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

    /// <summary>How the models' sessions run.</summary>
    internal SessionSettings Session => new(Provider, Threads, SampleShape, Processors);
}
