using SparseHybrid.Comparisons;
using SparseHybrid.Comparisons.Statistics;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Comparisons;

/// <summary>Rows of comparisons that nobody ran, for tests of what is made of them.</summary>
internal static class MadeUpRows
{
    /// <summary>An arm at a share of zeros; one accuracy a seed, from seed 1 on.</summary>
    public static ComparisonRow AtTarget(string arm, ArmRole role, double? target, double[] accuracies, double? zeros = null) =>
        Row(arm, role, null, target, [.. accuracies.Select((accuracy, index) => Run(arm, null, target, index + 1, accuracy, zeros ?? target ?? 0))]);

    /// <summary>An arm at a strength, with accuracies on held-out data.</summary>
    public static ComparisonRow AtLambda(string arm, ArmRole role, double lambda, double validation, double[] accuracies) =>
        Row(arm, role, lambda, null, [.. accuracies.Select((accuracy, index) => Run(arm, lambda, null, index + 1, accuracy, 0.5) with { ValidationAccuracy = validation })]);

    /// <summary>An arm at a point of a path along zero filters.</summary>
    public static ComparisonRow AtFilters(string arm, ArmRole role, double target, params (double Filters, double Accuracy)[] seeds) =>
        Row(arm, role, null, target, [.. seeds.Select((seed, index) => Run(arm, null, target, index + 1, seed.Accuracy, target) with { ZeroFilters = seed.Filters })]);

    public static ComparedPair Pair(double level, string arm, PairOutcome outcome, double? low = null, double? high = null, ArmRole role = ArmRole.Comparator) => new(
        level,
        arm,
        role,
        outcome == PairOutcome.NotCompared ? null : new PairedDifference(5, ((low ?? 0) + (high ?? 0)) / 2, low ?? 0, high ?? 0, 0.5),
        0.5,
        null,
        outcome,
        null);

    private static ComparedRun Run(string arm, double? lambda, double? target, long seed, double accuracy, double zeros) => new(
        new SweepRun($"runs/{arm}-{seed}", arm, lambda, target, seed, "random", 10, accuracy, 0.5, 0.25, zeros, 1000, 2000, 1.5), null, null, null);

    private static ComparisonRow Row(string arm, ArmRole role, double? lambda, double? target, IReadOnlyList<ComparedRun> runs)
    {
        var zeros = Spread.Of([.. runs.Select(run => run.Result.Sparsity)]);
        return new ComparisonRow(
            arm, role, arm, lambda, target, 10, runs.Count,
            Spread.Of([.. runs.Select(run => run.Result.TestAccuracy)]),
            runs[0].ValidationAccuracy is null ? null : Spread.Of([.. runs.Select(run => run.ValidationAccuracy!.Value)]),
            zeros, Spread.Of([1000]), Spread.Of([0.25]), null, null,
            MissedTarget: target is { } share && Math.Abs(zeros.Mean - share) > ComparisonRow.Tolerance,
            Seconds: 1.5)
        {
            Runs = runs,
        };
    }
}
