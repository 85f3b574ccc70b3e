using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

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
