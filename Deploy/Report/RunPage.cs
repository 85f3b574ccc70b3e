using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Deploy.Report.Sections;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Deploy.Report;

/// <summary>The page of one run or of several.</summary>
internal static class RunPage
{
    /// <param name="runs">At least one.</param>
    public static HtmlPage Of(IReadOnlyList<RunFindings> runs)
    {
        var sweep = RunsAsSweep.Of(runs);
        var front = FrontTable.Of(sweep);
        Section?[] sections =
        [
            SettingsSection.Of(runs),
            ComparisonSection.Of(runs, sweep, front),
            TrainingSection.Of(runs),
            LayersSection.Of(runs),
            WeightsSection.Of(runs),
            FormsSection.Of(runs),
            ClassesSection.Of(runs),
            DataSection.Section,
        ];
        return new HtmlPage(Title(runs), Lead(runs), [.. sections.OfType<Section>()], new RunResults(runs, front));
    }

    /// <summary>What a run is called, and what it trains on what.</summary>
    public static string Title(RunFindings run) => $"{run.Name}: {run.Record.Model.Name} on {run.Record.Data.Name}";

    private static string Title(IReadOnlyList<RunFindings> runs) => runs switch
    {
        [var only] => Title(only),
        { Count: <= 3 } => $"{string.Join(", ", runs.SkipLast(1).Select(run => run.Name))} and {runs[^1].Name} compared",
        _ => $"{runs.Count} runs compared",
    };

    private static string Lead(IReadOnlyList<RunFindings> runs) => runs is [var only] ? Outcome(only) : string.Join(" ", [.. Extremes(runs)]);

    /// <summary>What a run has come to.</summary>
    public static string Outcome(RunFindings run)
    {
        if (run.Record.Result is not { } result)
        {
            return "This run is not finished.";
        }

        var outcome = $"{Figures.Percent(result.TestAccuracy)} % of the test images are classified rightly after the last epoch, with {Figures.Percent(result.Sparsity)} % zeros "
            + $"among the regularised weights: {Figures.Count(result.Nonzeros)} of {Figures.Count(result.Parameters)} parameters are left.";
        var fastest = run.Forms.Where(form => form.IsFloat32 && form.Timing is { Speedup: > 1.05 }).MaxBy(form => form.Timing!.Speedup);
        var gain = fastest is null || run.Forms[0].Bytes is not { } dense || fastest.Bytes is not { } bytes
            ? ""
            : $" As {fastest.Form} it is {Figures.Times(fastest.Timing!.Speedup)} as fast as dense at batch {run.Timing!.Batch}, and its file has {Figures.Percent((double)bytes / dense)} % "
                + "of the size.";
        return $"{outcome}{gain} {run.Record.Result.TargetSparsity?.Explanation}".TrimEnd();
    }

    private static IEnumerable<string> Extremes(IReadOnlyList<RunFindings> runs)
    {
        var done = runs.Where(run => run.IsDone).ToList();
        yield return done.Count == runs.Count ? $"{runs.Count} runs." : $"{done.Count} of {runs.Count} runs are finished.";
        if (done.Count > 0)
        {
            var best = done.MaxBy(run => run.Record.Result!.TestAccuracy)!;
            var sparsest = done.MaxBy(run => run.Record.Result!.Sparsity)!;
            yield return $"Most accurate: {Describe(best)}.";
            yield return sparsest == best ? "It has the most zeros too." : $"Most zeros: {Describe(sparsest)}.";
        }
    }

    private static string Describe(RunFindings run) =>
        $"{run.Name}, {Figures.Percent(run.Record.Result!.TestAccuracy)} % right with {Figures.Percent(run.Record.Result.Sparsity)} % zeros";
}

/// <summary>The JSON of the page; DataSection documents its keys.</summary>
/// <param name="Runs">The runs, in the order given.</param>
/// <param name="Front">Those that are finished, gathered over their seeds.</param>
internal sealed record RunResults(IReadOnlyList<RunFindings> Runs, IReadOnlyList<FrontEntry> Front);
