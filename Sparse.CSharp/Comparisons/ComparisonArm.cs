using SparseHybrid.Configuration;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

/// <summary>A contestant with everything worked out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it is there for.</param>
/// <param name="Settings">How it trains; seed and value are put in for each run.</param>
/// <param name="StartsFrom">The arm whose weights it begins with; null: random weights.</param>
/// <param name="Variable">What its values are; null when it has none.</param>
/// <param name="Values">Its values; empty for an arm that trains once a seed.</param>
/// <param name="Epochs">Epochs behind a run of it, those of its start included.</param>
/// <param name="EqualSize">Is it a dense network as large as the sparse one?</param>
internal sealed record ComparisonArm(
    string Name,
    ArmRole Role,
    TrainingConfiguration Settings,
    string? StartsFrom,
    SweepVariable? Variable,
    IReadOnlyList<double> Values,
    int Epochs,
    bool EqualSize);

/// <summary>An arm that cannot take part.</summary>
/// <param name="Arm">Its name.</param>
/// <param name="Reason">Why, a sentence.</param>
public sealed record LeftOutArm(string Arm, string Reason);

/// <summary>One run of a comparison.</summary>
/// <param name="Arm">The arm it belongs to.</param>
/// <param name="Method">Training method.</param>
/// <param name="Variable">What <paramref name="Value"/> is; null when there is none.</param>
/// <param name="Value">Strength of the penalty, or the share of zeros (0..1) asked for or matched in size; null for a run without.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Start">Name of the run whose weights this one begins with; null: random weights.</param>
public sealed record ComparisonRun(string Arm, string Method, SweepVariable? Variable, double? Value, long Seed, string? Start)
    : PlannedRun(Method, Seed, Start)
{
    /// <inheritdoc/>
    public override string Name => NameOf(Arm, Variable, Value, Seed);

    /// <inheritdoc/>
    public override string Label => Arm;

    /// <inheritdoc/>
    public override double? Lambda => Variable == SweepVariable.Lambda ? Value : null;

    /// <inheritdoc/>
    public override double? TargetSparsity => Variable == SweepVariable.TargetSparsity ? Value : null;

    internal static string NameOf(string arm, SweepVariable? variable, double? value, long seed) => variable is { } known && value is { } number
        ? FormattableString.Invariant($"{arm}-{SweepValue.ToName(known, number)}-seed-{seed}")
        : FormattableString.Invariant($"{arm}-seed-{seed}");
}
