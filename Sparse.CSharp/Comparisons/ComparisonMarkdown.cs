using System.Globalization;
using System.Text;

namespace SparseHybrid.Comparisons;

/// <summary>Results of a comparison as Markdown.</summary>
public static class ComparisonMarkdown
{
    /// <summary>Title, verdict, what was reached, and the differences to the subject.</summary>
    public static string Of(ComparisonReport report)
    {
        var text = new StringBuilder();
        Lines(text, $"# {report.Recipe.Title}", report.Recipe.About, "## Verdict");
        Lines(text, report.Verdict is { } verdict ? [verdict.Sentences[0], string.Join('\n', verdict.Sentences.Skip(1).Select(sentence => $"- {sentence}"))] : ["Nothing can be compared yet."]);
        Lines(text, $"## What was reached ({report.Runs.Count} of {report.Planned} runs)", "Accuracy and zeros in percent, mean ± standard deviation of the sample over the seeds. "
            + "The gap is test loss less training loss after the last epoch.");
        Table(text, ["arm", "setting", "seeds", "epochs", "accuracy", .. HeldOut(report) ? ["on held-out images"] : Array.Empty<string>(), "zeros", "non-zeros", "gap", .. Structured(report) ? ["zero filters", "zero kernels"] : Array.Empty<string>(), "s a run"],
            report.Rows.Select(row => Cells(row, HeldOut(report), Structured(report))));
        Lines(text, $"## Against {report.Rows.FirstOrDefault(row => row.Role == ArmRole.Subject)?.Arm}", "Accuracy of the subject less that of the arm, in points, with the 95 % interval of Student's paired "
            + "test over the seeds; p corrected by Holm over the comparators of a level, of controls uncorrected.");
        Table(text, ["level", "arm", "role", "difference", "p", "gap", "the subject is"], report.Pairs.Select(Cells));
        Lines(text, [.. report.LeftOut.Select(arm => $"Left out: {arm.Arm}. {arm.Reason}"), .. report.Failed.Select(run => $"Failed: {run.Run}. {run.Error}")]);
        Lines(text, report.Environment is { } machine
            ? $"Machine: {machine.Processor}, {machine.ProcessorCount} logical processors, {(machine.Threads == 1 ? "1 thread" : $"{machine.Threads} threads")} a run; {machine.OperatingSystem}; "
                + $"SparseHybrid {machine.SparseHybrid}, {machine.TorchSharp}, libtorch {machine.LibTorch}, .NET {machine.DotNet}. Seconds are those of a machine that other programs may have shared."
            : "");
        return text.ToString().TrimEnd() + "\n";
    }

    private static bool HeldOut(ComparisonReport report) => report.Rows.Any(row => row.ValidationAccuracy is not null);

    private static bool Structured(ComparisonReport report) => report.Rows.Any(row => row.ZeroFilters is not null);

    private static IEnumerable<string> Cells(ComparisonRow row, bool heldOut, bool structured) =>
    [
        row.Arm,
        FigureText.Setting(row),
        $"{row.Seeds}",
        $"{row.Epochs}",
        FigureText.Percent(row.TestAccuracy),
        .. heldOut ? [row.ValidationAccuracy is { } validation ? FigureText.Percent(validation) : "–"] : Array.Empty<string>(),
        FigureText.Percent(row.Sparsity) + (row.MissedTarget ? " **missed**" : ""),
        row.Nonzeros.Mean.ToString("0", CultureInfo.InvariantCulture),
        row.Gap.Mean.ToString("0.000", CultureInfo.InvariantCulture),
        .. structured ? [row.ZeroFilters is { } filters ? FigureText.Percent(filters) : "–", row.ZeroKernels is { } kernels ? FigureText.Percent(kernels) : "–"] : Array.Empty<string>(),
        row.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
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

    private static void Lines(StringBuilder text, params string[] lines)
    {
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            text.Append(line).Append("\n\n");
        }
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        Row(text, header);
        Row(text, header.Select((_, index) => index == 0 ? "---" : "---:"));
        foreach (var row in rows)
        {
            Row(text, row);
        }

        text.Append('\n');
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
}
