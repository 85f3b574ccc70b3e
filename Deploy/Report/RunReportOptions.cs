using SparseHybrid.Optimizers;

namespace SparseHybrid.Deploy.Report;

/// <summary>Settings of a report about runs. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record RunReportOptions
{
    /// <summary>Whether forms that are not beside a run yet are exported. Default true.</summary>
    public bool MakesForms { get; init; } = true;

    /// <summary>Whether the forms are timed; otherwise the report shows their sizes and certificates. Default true.</summary>
    public bool IsTimed { get; init; } = true;

    /// <summary>Inputs in a timed run, at least 1. Default 1.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Threads that share the work of an operator, and of judging the test data, 1 to 1024. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Time spent timing each form, in seconds, above 0. Default 0.5.</summary>
    public double SecondsPerForm { get; init; } = 0.5;

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            SettingProblem.Unless(Batch >= 1, nameof(Batch), Batch, "1 or more"),
            SettingProblem.Unless(Threads is >= 1 and <= 1024, nameof(Threads), Threads, "1 to 1024"),
            SettingProblem.UnlessPositive(nameof(SecondsPerForm), SecondsPerForm),
        ],
        "The settings of the report are out of range");
}
