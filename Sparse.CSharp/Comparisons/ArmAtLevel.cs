using System.Globalization;

namespace SparseHybrid.Comparisons;

/// <summary>An arm at one level of a comparison.</summary>
/// <param name="BySeed">Its results; empty when it has none there.</param>
/// <param name="Note">Why it cannot be compared there; null: it can.</param>
internal sealed record ArmAtLevel(IReadOnlyDictionary<long, SeedResult> BySeed, string? Note)
{
    private static readonly Dictionary<long, SeedResult> Nothing = [];

    /// <summary>Finds it.</summary>
    /// <param name="levels">What a level is.</param>
    /// <param name="level">The level.</param>
    /// <param name="rows">The arm's rows, at least one.</param>
    public static ArmAtLevel Of(ComparisonLevels levels, double? level, IReadOnlyList<ComparisonRow> rows) => levels switch
    {
        _ when rows is [{ Lambda: null, TargetSparsity: null } only] => OfRow(only), // the same at every level
        ComparisonLevels.Targets => OfTarget(level!.Value, rows),
        ComparisonLevels.Best => OfBest(rows),
        _ => OfPath(level!.Value, rows, levels == ComparisonLevels.Filters ? run => run.ZeroFilters : run => run.ZeroKernels),
    };

    private static ArmAtLevel OfRow(ComparisonRow row) => new(row.Runs.ToDictionary(run => run.Result.Seed, SeedResult.Of), null);

    private static ArmAtLevel OfTarget(double target, IReadOnlyList<ComparisonRow> rows) => rows.FirstOrDefault(row => row.TargetSparsity == target) switch
    {
        null => new ArmAtLevel(Nothing, $"{rows[0].Arm} has no run there."),
        { MissedTarget: true } missed => new ArmAtLevel(Nothing, Text($"{missed.Arm} missed the target: {100 * missed.Sparsity.Mean:0.00} % zeros.")),
        var row => OfRow(row),
    };

    private static ArmAtLevel OfBest(IReadOnlyList<ComparisonRow> rows)
    {
        if (rows.Count > 1 && rows.Any(row => row.ValidationAccuracy is null))
        {
            return new ArmAtLevel(Nothing, $"{rows[0].Arm} has several values, and no held-out data to choose by.");
        }

        return OfRow(rows.MaxBy(row => row.ValidationAccuracy?.Mean)!);
    }

    private static ArmAtLevel OfPath(double level, IReadOnlyList<ComparisonRow> rows, Func<ComparedRun, double?> share)
    {
        var paths = rows.SelectMany(row => row.Runs).GroupBy(run => run.Result.Seed).ToDictionary(
            seed => seed.Key,
            seed => PathOf(seed, share).Between(level));
        var missing = paths.Count(path => path.Value is null);
        return missing == 0
            ? new ArmAtLevel(paths.ToDictionary(path => path.Key, path => path.Value!), null)
            : new ArmAtLevel(Nothing, Text($"{rows[0].Arm} does not reach it with {missing} of {paths.Count} seeds."));
    }

    private static InterpolatedPath PathOf(IEnumerable<ComparedRun> runs, Func<ComparedRun, double?> share) =>
        new([.. runs.Where(run => share(run) is not null).Select(run => (share(run)!.Value, SeedResult.Of(run)))]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
