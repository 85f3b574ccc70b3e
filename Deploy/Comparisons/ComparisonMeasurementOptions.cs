using SparseHybrid.Optimizers;

namespace SparseHybrid.Deploy.Comparisons;

/// <summary>How the networks of a comparison are measured. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record ComparisonMeasurementOptions
{
    /// <summary>Inputs in a run of a model, each at least 1 and once. Default 1 and 64.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [1, 64];

    /// <summary>Threads that share the work of an operator, 1 to 1024. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Seconds that a network, and as long the dense one, is timed at each batch, above 0. Default 0.5.</summary>
    public double SecondsPerModel { get; init; } = 0.5;

    /// <summary>Turns that both take within that time, at least 1. Default 10.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>Whether networks that were measured before are measured anew. Default no.</summary>
    public bool Anew { get; init; }

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            SettingProblem.Unless(
                Batches.Count > 0 && Batches.All(batch => batch >= 1) && Batches.Distinct().Count() == Batches.Count, nameof(Batches), $"[{string.Join(", ", Batches)}]", "at least one, each 1 or more and once"),
            SettingProblem.Unless(Threads is >= 1 and <= 1024, nameof(Threads), Threads, "1 to 1024"),
            SettingProblem.UnlessPositive(nameof(SecondsPerModel), SecondsPerModel),
            SettingProblem.Unless(Rounds >= 1, nameof(Rounds), Rounds, "1 or more"),
        ],
        "The settings of the measurement are out of range");
}
