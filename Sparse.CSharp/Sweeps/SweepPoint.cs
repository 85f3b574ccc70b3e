using SparseHybrid.Methods;
using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>One run of a sweep.</summary>
/// <param name="Method">Training method.</param>
/// <param name="Variable">What <paramref name="Value"/> is.</param>
/// <param name="Value">Strength of the penalty, or the share of zeros asked for (0..1).</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Start">Name of the run whose weights this one begins with; null: random weights.</param>
public sealed record SweepPoint(string Method, SweepVariable Variable, double Value, long Seed, string? Start) : PlannedRun(Method, Seed, Start)
{
    /// <inheritdoc/>
    public override double? Lambda => Variable == SweepVariable.Lambda ? Value : null;

    /// <inheritdoc/>
    public override double? TargetSparsity => Variable == SweepVariable.TargetSparsity ? Value : null;

    /// <summary>Names it within its sweep, as xrda-lambda-5e-6-seed-1.</summary>
    public override string Name => NameOf(Method, Variable, Value, Seed);

    /// <summary>The training settings of this run, out of those that all runs have in common and those of its method.</summary>
    internal SparseTrainerOptions ApplyTo(SparseTrainerOptions common, MethodOptions method)
    {
        var own = common.WithMethod(method) with { Seed = Seed };
        return Variable == SweepVariable.TargetSparsity
            ? own.WithTargetSparsity(Value)
            : own.WithStrength(Value) with { TargetSparsity = method.PrunesToTarget ? common.TargetSparsity : null };
    }

    /// <summary>The name of a point.</summary>
    internal static string NameOf(string method, SweepVariable variable, double value, long seed) =>
        FormattableString.Invariant($"{method}-{SweepValue.ToName(variable, value)}-seed-{seed}");
}
