using SparseHybrid.Comparisons.Statistics;

namespace SparseHybrid.Comparisons;

/// <summary>Compares every arm with the subject, level by level.</summary>
internal static class ComparedPairs
{
    /// <summary>The level of a test: the chance of calling a difference where there is none.</summary>
    public const double Significance = 0.05;

    /// <summary>Every pair at every level.</summary>
    /// <param name="recipe">Where arms are compared.</param>
    /// <param name="rows">What they have come to.</param>
    public static IReadOnlyList<ComparedPair> Of(ComparisonRecipe recipe, IReadOnlyList<ComparisonRow> rows)
    {
        var arms = rows.GroupBy(row => row.Arm).ToList();
        var subject = arms.Find(arm => arm.First().Role == ArmRole.Subject);
        return subject is null ? [] : [.. LevelsOf(recipe).SelectMany(level => AtLevel(recipe.CompareAt, level, subject, [.. arms.Where(arm => arm != subject)]))];
    }

    private static IEnumerable<double?> LevelsOf(ComparisonRecipe recipe) => recipe.CompareAt switch
    {
        ComparisonLevels.Targets => recipe.Targets.Select(target => (double?)target),
        ComparisonLevels.Best => [null],
        _ => recipe.Levels.Select(level => (double?)level),
    };

    private static IEnumerable<ComparedPair> AtLevel(
        ComparisonLevels levels, double? level, IGrouping<string, ComparisonRow> subject, IReadOnlyList<IGrouping<string, ComparisonRow>> others)
    {
        var first = ArmAtLevel.Of(levels, level, [.. subject]);
        var pairs = others.Select(other => Compare(level, first, other, ArmAtLevel.Of(levels, level, [.. other]))).ToList();
        var tested = pairs.FindAll(pair => pair is { Role: ArmRole.Comparator, Accuracy.PValue: not null });
        var corrected = Holm.Adjust([.. tested.Select(pair => pair.Accuracy!.PValue!.Value)]);
        return pairs.Select(pair => tested.IndexOf(pair) is >= 0 and var index ? Judge(pair, corrected[index]) : Judge(pair, pair.Accuracy?.PValue));
    }

    private static ComparedPair Compare(double? level, ArmAtLevel subject, IGrouping<string, ComparisonRow> other, ArmAtLevel arm)
    {
        var seeds = subject.BySeed.Keys.Intersect(arm.BySeed.Keys).Order().ToList();
        var note = subject.Note ?? arm.Note ?? (seeds.Count == 0 ? "No seed has both." : null);
        PairedDifference? Difference(Func<SeedResult, double> quantity) => note is not null
            ? null
            : PairedDifference.Of([.. seeds.Select(seed => quantity(subject.BySeed[seed]) - quantity(arm.BySeed[seed]))]);
        return new ComparedPair(
            level, other.Key, other.First().Role, Difference(seed => seed.Accuracy), null, Difference(seed => seed.Gap), PairOutcome.NotCompared, note);
    }

    private static ComparedPair Judge(ComparedPair pair, double? p) => pair with
    {
        CorrectedP = p,
        Outcome = pair.Accuracy switch
        {
            null => PairOutcome.NotCompared,
            { Mean: > 0 } when p < Significance => PairOutcome.Better,
            { Mean: < 0 } when p < Significance => PairOutcome.Worse,
            _ => PairOutcome.NotShown,
        },
    };
}
