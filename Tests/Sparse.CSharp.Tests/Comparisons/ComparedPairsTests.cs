using SparseHybrid.Comparisons;
using static SparseHybrid.Tests.Comparisons.MadeUpRows;

namespace SparseHybrid.Tests.Comparisons;

public sealed class ComparedPairsTests
{
    private static readonly double[] High = [0.90, 0.91, 0.92, 0.91, 0.90];
    private static readonly double[] Low = [0.88, 0.892, 0.898, 0.89, 0.881];

    private static readonly ComparisonRecipe AtTargets = new() { Title = "made up", Seeds = [1, 2, 3, 4, 5], Targets = [0.9], Arms = [] };

    [Theory]
    [InlineData(true, PairOutcome.Better)]
    [InlineData(false, PairOutcome.Worse)]
    public void A_clear_difference_is_called_in_its_direction(bool subjectIsHigh, PairOutcome expected)
    {
        var (subject, other) = subjectIsHigh ? (High, Low) : (Low, High);
        var pair = Assert.Single(ComparedPairs.Of(AtTargets, [AtTarget("xrda", ArmRole.Subject, 0.9, subject), AtTarget("rigl", ArmRole.Comparator, 0.9, other)]));
        Assert.Equal(expected, pair.Outcome);
        Assert.Equal(subject.Zip(other, (mine, its) => mine - its).Average(), pair.Accuracy!.Mean, tolerance: 1e-12);
        Assert.Equal(pair.Accuracy.PValue, pair.CorrectedP);
        Assert.Equal(0, pair.Gap!.Mean);
    }

    [Fact]
    public void What_differs_by_chance_is_not_called()
    {
        var other = High.Select((accuracy, index) => accuracy + (index % 2 == 0 ? 0.004 : -0.004)).ToArray();
        var pair = Assert.Single(ComparedPairs.Of(AtTargets, [AtTarget("xrda", ArmRole.Subject, 0.9, High), AtTarget("rigl", ArmRole.Comparator, 0.9, other)]));
        Assert.Equal(PairOutcome.NotShown, pair.Outcome);
    }

    [Fact]
    public void P_values_are_corrected_over_the_comparators_and_not_the_controls()
    {
        var pairs = ComparedPairs.Of(AtTargets,
        [
            AtTarget("xrda", ArmRole.Subject, 0.9, High),
            AtTarget("rigl", ArmRole.Comparator, 0.9, Low),
            AtTarget("set", ArmRole.Comparator, 0.9, [0.89, 0.915, 0.91, 0.913, 0.9]),
            AtTarget("dense", ArmRole.Control, null, Low),
        ]);
        Assert.Equal(2 * pairs[0].Accuracy!.PValue, pairs[0].CorrectedP);
        Assert.Equal(pairs[1].Accuracy!.PValue, pairs[1].CorrectedP);
        Assert.Equal(pairs[2].Accuracy!.PValue, pairs[2].CorrectedP);
        Assert.Equal(pairs[0].Accuracy, pairs[2].Accuracy); // an arm without values is the same at every level
    }

    [Theory]
    [InlineData(0.8949, 0.9)]
    [InlineData(0.9, 0.9051)]
    public void A_target_that_is_missed_is_said_and_not_compared(double zeros, double zerosOfOther)
    {
        var pair = Assert.Single(ComparedPairs.Of(AtTargets,
            [AtTarget("xrda", ArmRole.Subject, 0.9, High, zeros), AtTarget("rigl", ArmRole.Comparator, 0.9, Low, zerosOfOther)]));
        Assert.Equal(PairOutcome.NotCompared, pair.Outcome);
        Assert.Null(pair.Accuracy);
        Assert.Contains("missed the target", pair.Note);
    }

    [Fact]
    public void Only_seeds_that_both_have_are_paired()
    {
        var pair = Assert.Single(ComparedPairs.Of(AtTargets, [AtTarget("xrda", ArmRole.Subject, 0.9, High), AtTarget("rigl", ArmRole.Comparator, 0.9, [0.88, 0.89])]));
        Assert.Equal(2, pair.Accuracy!.Pairs);
        Assert.Equal(0.02, pair.Accuracy.Mean, tolerance: 1e-12);
    }

    [Fact]
    public void The_best_value_is_chosen_by_held_out_data_and_not_by_the_test()
    {
        var pair = Assert.Single(ComparedPairs.Of(AtTargets with { CompareAt = ComparisonLevels.Best, Targets = [] },
        [
            AtLambda("xrda", ArmRole.Subject, 1e-6, validation: 0.8, High),
            AtLambda("xrda", ArmRole.Subject, 1e-5, validation: 0.9, Low),
            AtTarget("dense", ArmRole.Comparator, null, Low),
        ]));
        Assert.Equal((null, 0.0), (pair.Level, pair.Accuracy!.Mean));
    }

    [Fact]
    public void Several_values_without_held_out_data_leave_no_choice()
    {
        var pair = Assert.Single(ComparedPairs.Of(AtTargets with { CompareAt = ComparisonLevels.Best },
            [AtTarget("xrda", ArmRole.Subject, 0.9, High), AtTarget("xrda", ArmRole.Subject, 0.99, Low), AtTarget("dense", ArmRole.Comparator, null, Low)]));
        Assert.Contains("no held-out data", pair.Note);
    }

    [Fact]
    public void Structures_are_compared_at_equal_shares_between_the_points_of_a_path()
    {
        var pairs = ComparedPairs.Of(AtTargets with { CompareAt = ComparisonLevels.Filters, Levels = [0.25, 0.6] },
        [
            AtFilters("xrda", ArmRole.Subject, 0.3, (0.2, 0.9), (0.25, 0.8)),
            AtFilters("xrda", ArmRole.Subject, 0.5, (0.4, 0.8), (0.7, 0.5)),
            AtFilters("ssl", ArmRole.Comparator, 0.3, (0.15, 0.8), (0.05, 0.8)),
            AtFilters("ssl", ArmRole.Comparator, 0.5, (0.35, 0.7), (0.45, 0.7)),
        ]);
        Assert.Equal(((0.875 - 0.75) + (0.8 - 0.75)) / 2, pairs[0].Accuracy!.Mean, tolerance: 1e-12);
        Assert.Contains("xrda does not reach it with 1 of 2 seeds", pairs[1].Note);
    }
}
