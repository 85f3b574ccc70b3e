using SparseHybrid.Methods;
using SparseHybrid.Models;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Benchmark;

/// <summary>Settings of a <see cref="TrainingBenchmark"/>. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record TrainingBenchmarkOptions
{
    /// <summary>The network, and with it the shape of its random images.</summary>
    public required ModelDescription Model { get; init; }

    /// <summary>The training method, with its default regularizer and step size. Default xRDA.</summary>
    public MethodOptions Method { get; init; } = new XrdaOptions();

    /// <summary>Images in a step, at least 1. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Threads of libtorch, at least 1. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Steps that are timed, at least 1. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Steps before them that are not, 0 or more. Default 3.</summary>
    public int WarmUpSteps { get; init; } = 3;

    /// <summary>Seed of the weights and of the images. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks every setting but model and method, which are checked where they are used.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            AtLeast(1, nameof(BatchSize), BatchSize),
            AtLeast(1, nameof(Threads), Threads),
            AtLeast(1, nameof(Steps), Steps),
            AtLeast(0, nameof(WarmUpSteps), WarmUpSteps),
        ],
        "The benchmark's settings are out of range");

    private static SettingProblem? AtLeast(int least, string name, int value) =>
        SettingProblem.Unless(value >= least, name, value, $"{least} or more");
}
