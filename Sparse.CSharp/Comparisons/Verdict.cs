using System.Globalization;
using SparseHybrid.Comparisons.Statistics;

namespace SparseHybrid.Comparisons;

/// <summary>
/// What follows from the figures for the claim, by rules that were fixed before any run. Only comparators count, not controls,
/// and pairs that could not be compared count for nothing. MoreAccurate: a pair speaks for the claim when the subject is better,
/// against it when it is worse (5 % level after Holm's correction over the comparators of the level). NoWorse: a pair speaks for
/// it when the whole 95 % interval of the difference lies above minus half a point, against it when the whole interval lies below.
/// </summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Sentences">In plain words: the claim first, then level by level.</param>
public sealed record Verdict(ClaimOutcome Outcome, IReadOnlyList<string> Sentences)
{
    /// <summary>How much worse the subject may be and still be called no worse (0..1).</summary>
    public const double Margin = 0.005;

    internal static Verdict? Of(ComparisonClaim claim, IReadOnlyList<ComparisonRow> rows, IReadOnlyList<ComparedPair> pairs)
    {
        var counted = pairs.Where(pair => pair is { Role: ArmRole.Comparator, Accuracy: not null }).ToList();
        if (counted.Count == 0)
        {
            return null;
        }

        var subject = rows.First(row => row.Role == ArmRole.Subject).Arm;
        var (speaksFor, speaksAgainst) = (counted.Count(pair => SpeaksFor(claim, pair)), counted.Count(pair => SpeaksAgainst(claim, pair)));
        var outcome = (speaksFor, speaksAgainst) switch
        {
            _ when speaksFor == counted.Count => ClaimOutcome.Supported,
            ( > 0, 0) => ClaimOutcome.SupportedInPart,
            ( > 0, > 0) => ClaimOutcome.Mixed,
            (0, 0) => ClaimOutcome.NotShown,
            _ => ClaimOutcome.Contradicted,
        };
        var left = pairs.Count(pair => pair.Role == ArmRole.Comparator) - counted.Count;
        return new Verdict(outcome,
        [
            $"{Claim(claim, subject)}: {Words(outcome)}. Of {counted.Count} pairs {speaksFor} speak for it, {speaksAgainst} against it, "
                + $"{counted.Count - speaksFor - speaksAgainst} show neither{(left > 0 ? $"; {left} could not be compared" : "")}.",
            .. pairs.GroupBy(pair => pair.Level).SelectMany(level => AtLevel(subject, [.. level])),
        ]);
    }

    private static bool SpeaksFor(ComparisonClaim claim, ComparedPair pair) =>
        claim == ComparisonClaim.MoreAccurate ? pair.Outcome == PairOutcome.Better : pair.Accuracy!.Low >= -Margin;

    private static bool SpeaksAgainst(ComparisonClaim claim, ComparedPair pair) =>
        claim == ComparisonClaim.MoreAccurate ? pair.Outcome == PairOutcome.Worse : pair.Accuracy!.High < -Margin;

    private static string Claim(ComparisonClaim claim, string subject) => claim == ComparisonClaim.MoreAccurate
        ? $"That {subject} is more accurate than the comparators"
        : $"That {subject} is no worse than the comparators by more than half a point";

    private static string Words(ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Supported => "supported",
        ClaimOutcome.SupportedInPart => "supported in part",
        ClaimOutcome.Mixed => "mixed",
        ClaimOutcome.NotShown => "not shown",
        _ => "contradicted",
    };

    private static IEnumerable<string> AtLevel(string subject, IReadOnlyList<ComparedPair> pairs)
    {
        var place = pairs[0].Level is { } level ? Text($"At {100 * level:0.##} %") : "At the best values";
        foreach (var outcome in new[] { PairOutcome.Better, PairOutcome.NotShown, PairOutcome.Worse })
        {
            var those = pairs.Where(pair => pair.Outcome == outcome).OrderByDescending(pair => pair.Accuracy!.Mean).ToList();
            if (those.Count > 0)
            {
                yield return $"{place} {subject} is {Word(outcome)} {string.Join(", ", those.Select(Describe))}.";
            }
        }
    }

    private static string Word(PairOutcome outcome) => outcome switch
    {
        PairOutcome.Better => "better than",
        PairOutcome.Worse => "worse than",
        _ => "not shown to differ from",
    };

    private static string Describe(ComparedPair pair)
    {
        var difference = pair.Accuracy!;
        return $"{pair.Arm} ({Text($"{100 * difference.Mean:+0.00;-0.00;0.00}")} points{Interval(difference)}, {difference.Pairs} {(difference.Pairs == 1 ? "seed" : "seeds")}"
            + $"{(pair.CorrectedP is { } p ? $", p {FigureText.P(p)}" : "")}{(pair.Role == ArmRole.Control ? ", control" : "")})";
    }

    private static string Interval(PairedDifference difference) => difference is { Low: { } low, High: { } high } ? Text($", 95 % {100 * low:+0.00;-0.00;0.00} to {100 * high:+0.00;-0.00;0.00}") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
