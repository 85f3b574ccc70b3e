using SparseHybrid.Comparisons;
using SparseHybrid.Deploy.Report.Sections;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Deploy.Report;

/// <summary>The page of a comparison: the verdict in words, what each arm has reached, and how it differs from the subject.</summary>
public static class ComparisonPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="record">What was to be compared.</param>
    /// <param name="report">What has been found so far.</param>
    public static HtmlPage Of(ComparisonRecord record, ComparisonReport report) => new(
        report.Recipe.Title,
        report.Verdict?.Sentences[0] ?? "Nothing can be compared yet.",
        [
            new Section("Settings and environment", [.. About(report), new Facts([.. Settings(record, report), .. report.Environment is null ? [] : MachineFacts.Of(report.Environment)])]),
            new Section("Verdict", [.. (report.Verdict?.Sentences ?? ["Nothing can be compared yet."]).Select(sentence => new Paragraph(sentence)), Pairs(report)]),
            new Section("Reached", [.. Chart(report), Rows(report), .. Absent(report)]),
            .. report.Speed is { } speed ? new[] { SpeedSection.Of(speed) } : [],
        ],
        report);

    private static IEnumerable<PageBlock> About(ComparisonReport report) => report.Recipe.About.Length > 0 ? [new Paragraph(report.Recipe.About)] : [];

    private static IEnumerable<(string Name, string Value)> Settings(ComparisonRecord record, ComparisonReport report)
    {
        yield return ("Runs", $"{report.Runs.Count} of {report.Planned} done");
        yield return ("Seeds", string.Join(", ", record.Recipe.Seeds));
        yield return ("Epochs behind a run", string.Join(", ", report.Rows.Select(row => row.Epochs).Distinct()));
        yield return ("Begun", $"{record.Started:yyyy-MM-dd HH:mm} UTC");
    }

    // Arms without zeros have no place on an axis of zeros.
    private static IEnumerable<PageBlock> Chart(ComparisonReport report)
    {
        List<SweepRun> runs = [.. report.Rows.Where(row => row.Sparsity.Mean > 0).SelectMany(row => RunsOf(report, row))];
        return runs.Count == 0 ? [] : [FrontChart.Of(runs, FrontTable.Of(runs), "Setting"), new Paragraph("Dense networks are in the table alone.")];
    }

    private static IEnumerable<SweepRun> RunsOf(ComparisonReport report, ComparisonRow row) => report.Runs
        .Select(run => run.Result)
        .Where(run => run.Method == row.Arm && run.Lambda.Equals(row.Lambda) && run.TargetSparsity.Equals(row.TargetSparsity));

    private static DataTable Rows(ComparisonReport report) => new(
        [
            new Column("Arm", IsNumber: false),
            new Column("Role", IsNumber: false),
            new Column("Setting"),
            new Column("Seeds"),
            new Column("Accuracy, %"),
            new Column("On held-out images, %"),
            new Column("Zeros, %"),
            new Column("Non-zeros, mean"),
            new Column("Gap in loss"),
            new Column("Zero filters, %"),
            new Column("Zero kernels, %"),
            new Column("Training, s"),
            new Column("Processor, s"),
        ],
        [
            .. report.Rows.Select(row => (IReadOnlyList<string>)
            [
                row.Arm,
                row.Role.ToString().ToLowerInvariant(),
                FigureText.Setting(row),
                $"{row.Seeds}",
                FigureText.Percent(row.TestAccuracy),
                row.ValidationAccuracy is { } validation ? FigureText.Percent(validation) : "–",
                FigureText.Percent(row.Sparsity) + (row.MissedTarget ? " missed" : ""),
                Figures.Count(row.Nonzeros.Mean),
                Figures.Decimals(row.Gap.Mean, 3),
                row.ZeroFilters is { } filters ? FigureText.Percent(filters) : "–",
                row.ZeroKernels is { } kernels ? FigureText.Percent(kernels) : "–",
                Figures.Seconds(row.Seconds),
                Figures.Decimals(row.ProcessorSeconds, 1),
            ]),
        ]);

    private static DataTable Pairs(ComparisonReport report) => new(
        [
            new Column("Level"),
            new Column("Arm", IsNumber: false),
            new Column("Role", IsNumber: false),
            new Column("Subject less arm, points (95 %)"),
            new Column("p, corrected"),
            new Column("The subject is", IsNumber: false),
        ],
        [
            .. report.Pairs.Select(pair => (IReadOnlyList<string>)
            [
                pair.Level is { } level ? $"{Figures.Percent(level)} %" : "best",
                pair.Arm,
                pair.Role.ToString().ToLowerInvariant(),
                pair.Accuracy is { } difference ? FigureText.Points(difference) : "–",
                pair.CorrectedP is { } p ? FigureText.P(p) : "–",
                FigureText.Outcome(pair),
            ]),
        ]);

    private static IEnumerable<PageBlock> Absent(ComparisonReport report) =>
    [
        .. report.LeftOut.Select(arm => new Paragraph($"Left out: {arm.Arm}. {arm.Reason}")),
        .. report.Failed.Select(run => new Paragraph($"Failed: {run.Run}. {run.Error}")),
    ];
}
