using SparseHybrid.Runs;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

/// <summary>What a comparison has found so far; the contents of compare.json.</summary>
/// <param name="Recipe">What was to be compared.</param>
/// <param name="Planned">How many runs it consists of.</param>
/// <param name="Rows">Arm by arm, value by value, over the seeds.</param>
/// <param name="Pairs">Level by level, each arm against the subject.</param>
/// <param name="Verdict">What follows for the claim, by the rules of <see cref="Comparisons.Verdict"/>; null before any pair can be compared.</param>
/// <param name="LeftOut">Arms that cannot take part.</param>
/// <param name="Failed">Runs that failed, or wait for one that did.</param>
/// <param name="Runs">The runs that are done.</param>
/// <param name="Environment">Machine and versions of the first of them; null before it is done.</param>
public sealed record ComparisonReport(
    ComparisonRecipe Recipe,
    int Planned,
    IReadOnlyList<ComparisonRow> Rows,
    IReadOnlyList<ComparedPair> Pairs,
    Verdict? Verdict,
    IReadOnlyList<LeftOutArm> LeftOut,
    IReadOnlyList<SweepFailure> Failed,
    IReadOnlyList<ComparedRun> Runs,
    RunEnvironment? Environment)
{
    /// <summary>Size and speed of the networks; null before they are measured.</summary>
    public ComparisonSpeed? Speed { get; init; }

    /// <summary>Are all runs done?</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsComplete => Runs.Count == Planned;

    internal static ComparisonReport Of(
        ComparisonRecipe recipe, ComparisonPlan plan, IReadOnlyList<ComparedRun> runs, IReadOnlyList<SweepFailure> failed, RunEnvironment? environment)
    {
        var rows = ComparisonRow.Of(plan.Arms, runs);
        var pairs = ComparedPairs.Of(recipe, rows);
        return new ComparisonReport(recipe, plan.Runs.Count, rows, pairs, Verdict.Of(recipe.Claim, rows, pairs), plan.LeftOut, failed, runs, environment);
    }
}
