using SparseHybrid.Comparisons;
using static SparseHybrid.Tests.Comparisons.MadeUpRows;

namespace SparseHybrid.Tests.Comparisons;

public sealed class VerdictTests
{
    private static readonly ComparisonRow[] Rows = [AtTarget("xrda", ArmRole.Subject, 0.9, [0.9])];

    [Theory]
    [InlineData(PairOutcome.Better, PairOutcome.Better, ClaimOutcome.Supported, "supported")]
    [InlineData(PairOutcome.Better, PairOutcome.NotShown, ClaimOutcome.SupportedInPart, "supported in part")]
    [InlineData(PairOutcome.Better, PairOutcome.Worse, ClaimOutcome.Mixed, "mixed")]
    [InlineData(PairOutcome.NotShown, PairOutcome.NotShown, ClaimOutcome.NotShown, "not shown")]
    [InlineData(PairOutcome.NotShown, PairOutcome.Worse, ClaimOutcome.Contradicted, "contradicted")]
    [InlineData(PairOutcome.Worse, PairOutcome.Worse, ClaimOutcome.Contradicted, "contradicted")]
    public void More_accurate_counts_what_is_significant(PairOutcome first, PairOutcome second, ClaimOutcome expected, string words)
    {
        var verdict = Verdict.Of(ComparisonClaim.MoreAccurate, Rows, [Pair(0.9, "rigl", first), Pair(0.9, "set", second)])!;
        Assert.Equal(expected, verdict.Outcome);
        Assert.Contains($"That xrda is more accurate than the comparators: {words}.", verdict.Sentences[0]);
    }

    [Theory]
    [InlineData(-0.004, 0.01, ClaimOutcome.Supported)]
    [InlineData(-0.004, -0.001, ClaimOutcome.Supported)] // worse, but by less than half a point
    [InlineData(-0.006, 0.01, ClaimOutcome.NotShown)]
    [InlineData(-0.02, -0.006, ClaimOutcome.Contradicted)]
    public void No_worse_asks_where_the_whole_interval_lies(double low, double high, ClaimOutcome expected) =>
        Assert.Equal(expected, Verdict.Of(ComparisonClaim.NoWorse, Rows, [Pair(0.9, "rigl", PairOutcome.NotShown, low, high)])!.Outcome);

    [Fact]
    public void Controls_do_not_count_and_what_could_not_be_compared_is_said()
    {
        var verdict = Verdict.Of(ComparisonClaim.MoreAccurate, Rows,
        [
            Pair(0.9, "rigl", PairOutcome.Better, 0.01, 0.03),
            Pair(0.9, "ssl", PairOutcome.NotCompared),
            Pair(0.9, "dense", PairOutcome.Worse, -0.03, -0.01, ArmRole.Control),
        ])!;
        Assert.Equal(ClaimOutcome.Supported, verdict.Outcome);
        Assert.Equal(
            [
                "That xrda is more accurate than the comparators: supported. Of 1 pairs 1 speak for it, 0 against it, 0 show neither; 1 could not be compared.",
                "At 90 % xrda is better than rigl (+2.00 points, 95 % +1.00 to +3.00, 5 seeds, p 0.5).",
                "At 90 % xrda is worse than dense (-2.00 points, 95 % -3.00 to -1.00, 5 seeds, p 0.5, control).",
            ],
            verdict.Sentences);
    }

    [Fact]
    public void Nothing_to_compare_gives_no_verdict() =>
        Assert.Null(Verdict.Of(ComparisonClaim.MoreAccurate, Rows, [Pair(0.9, "ssl", PairOutcome.NotCompared)]));
}
