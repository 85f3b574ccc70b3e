using SparseHybrid.Training;

namespace SparseHybrid.Benchmark;

/// <summary>Settings of a <see cref="StepBenchmark"/>. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record StepBenchmarkOptions
{
    /// <summary>Parameters in the one tensor that is stepped, from 1 to 500 million. Default 14.7 million, the convolutions of VGG-16.</summary>
    public int Parameters { get; init; } = 14_700_000;

    /// <summary>Where the tensors are. Default the processor.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Threads of libtorch, of the fused step and of the copy, at least 1; on CUDA they wait. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Turns that the contestants take after one turn of warming up, at least 1. Default 9.</summary>
    public int Rounds { get; init; } = 9;

    /// <summary>Seed of the random parameters and gradients. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        Require(Parameters is >= 1 and <= 500_000_000, $"Parameters is {Parameters}; it must be from 1 to 500 million");
        Require(Threads >= 1, $"Threads is {Threads}; it must be at least 1");
        Require(Rounds >= 1, $"Rounds is {Rounds}; it must be at least 1");
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
