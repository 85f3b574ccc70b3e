using SparseHybrid.Optimizers;

namespace SparseHybrid.Benchmark;

/// <summary>Settings of a <see cref="DataBenchmark"/>. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record DataBenchmarkOptions
{
    /// <summary>The network whose training step is to be fed, one of <see cref="Models.ModelCatalog.Names"/>. Default resnet-20.</summary>
    public string Model { get; init; } = "resnet-20";

    /// <summary>Images in a batch, at least 1. Default 128.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Images to choose from, at least 1; so many that they lie in no cache. Default 10 000.</summary>
    public int Images { get; init; } = 10_000;

    /// <summary>Threads of libtorch, at least 1; batches are prepared on one. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Turns that the contestants take after one turn of warming up, at least 1. Default 5.</summary>
    public int Rounds { get; init; } = 5;

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            SettingProblem.Unless(Batch >= 1, nameof(Batch), Batch, "1 or more"),
            SettingProblem.Unless(Images is >= 1 and <= 500_000, nameof(Images), Images, "1 to 500 000"),
            SettingProblem.Unless(Threads >= 1, nameof(Threads), Threads, "1 or more"),
            SettingProblem.Unless(Rounds >= 1, nameof(Rounds), Rounds, "1 or more"),
        ],
        "The settings of the benchmark are out of range");
}
