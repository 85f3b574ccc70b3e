using System.Globalization;

namespace SparseHybrid.Comparisons;

/// <summary>Results of a comparison as Markdown.</summary>
public static class ComparisonMarkdown
{
    /// <summary>Title, verdict, what was reached, and the differences to the subject.</summary>
    public static string Of(ComparisonReport report)
    {
        var text = new MarkdownText();
        text.Paragraphs($"# {report.Recipe.Title}", report.Recipe.About, "## Verdict");
        text.Paragraphs(report.Verdict is { } verdict ? [verdict.Sentences[0], string.Join('\n', verdict.Sentences.Skip(1).Select(sentence => $"- {sentence}"))] : ["Nothing can be compared yet."]);
        text.Paragraphs($"## What was reached ({report.Runs.Count} of {report.Planned} runs)", "Accuracy and zeros in percent, mean ± standard deviation of the sample over the seeds. "
            + "The gap is test loss less training loss after the last epoch.");
        text.Table(["arm", "setting", "seeds", "epochs", "accuracy", .. HeldOut(report) ? ["on held-out images"] : Array.Empty<string>(), "zeros", "non-zeros", "gap", .. Structured(report) ? ["zero filters", "zero kernels"] : Array.Empty<string>(),
                "s a run", .. Counted(report) ? ["processor s a run"] : Array.Empty<string>()],
            report.Rows.Select(row => Cells(report, row)));
        text.Paragraphs($"## Against {report.Rows.FirstOrDefault(row => row.Role == ArmRole.Subject)?.Arm}", "Accuracy of the subject less that of the arm, in points, with the 95 % interval of Student's paired "
            + "test over the seeds; p corrected by Holm over the comparators of a level, of controls uncorrected.");
        text.Table(["level", "arm", "role", "difference", "p", "gap", "the subject is"], report.Pairs.Select(Cells));
        SpeedMarkdown.Write(text, report.Speed);
        text.Paragraphs([.. report.LeftOut.Select(arm => $"Left out: {arm.Arm}. {arm.Reason}"), .. report.Failed.Select(run => $"Failed: {run.Run}. {run.Error}")]);
        text.Paragraphs(report.Environment is { } machine
            ? $"Machine: {machine.Processor}, {machine.ProcessorCount} logical processors, {(machine.Threads == 1 ? "1 thread" : $"{machine.Threads} threads")} a run; {machine.OperatingSystem}; "
                + $"SparseHybrid {machine.SparseHybrid}, {machine.TorchSharp}, libtorch {machine.LibTorch}, .NET {machine.DotNet}. Seconds are those of a machine that other programs may have shared."
            : "");
        return text.ToString();
    }

    private static bool HeldOut(ComparisonReport report) => report.Rows.Any(row => row.ValidationAccuracy is not null);

    private static bool Structured(ComparisonReport report) => report.Rows.Any(row => row.ZeroFilters is not null);

    private static bool Counted(ComparisonReport report) => report.Rows.Any(row => row.ProcessorSeconds is not null);

    private static IEnumerable<string> Cells(ComparisonReport report, ComparisonRow row) =>
    [
        row.Arm,
        FigureText.Setting(row),
        $"{row.Seeds}",
        $"{row.Epochs}",
        FigureText.Percent(row.TestAccuracy),
        .. HeldOut(report) ? [row.ValidationAccuracy is { } validation ? FigureText.Percent(validation) : "–"] : Array.Empty<string>(),
        FigureText.Percent(row.Sparsity) + (row.MissedTarget ? " **missed**" : ""),
        row.Nonzeros.Mean.ToString("0", CultureInfo.InvariantCulture),
        row.Gap.Mean.ToString("0.000", CultureInfo.InvariantCulture),
        .. Structured(report) ? [row.ZeroFilters is { } filters ? FigureText.Percent(filters) : "–", row.ZeroKernels is { } kernels ? FigureText.Percent(kernels) : "–"] : Array.Empty<string>(),
        row.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
        .. Counted(report) ? [row.ProcessorSeconds is { } processor ? processor.ToString("0.0", CultureInfo.InvariantCulture) : "–"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Cells(ComparedPair pair) =>
    [
        pair.Level is { } level ? string.Create(CultureInfo.InvariantCulture, $"{100 * level:0.##} %") : "best",
        pair.Arm,
        pair.Role == ArmRole.Control ? "control" : "comparator",
        pair.Accuracy is { } difference ? FigureText.Points(difference) : "–",
        pair.CorrectedP is { } p ? FigureText.P(p) : "–",
        pair.Gap is { } gap ? gap.Mean.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) : "–",
        FigureText.Outcome(pair),
    ];
}
