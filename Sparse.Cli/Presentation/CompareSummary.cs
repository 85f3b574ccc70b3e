using SparseHybrid.Comparisons;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What a comparison has found, for people.</summary>
internal static class CompareSummary
{
    public static void Show(Terminal terminal, ComparisonReport report, string folder, string page)
    {
        terminal.Line();
        terminal.Table(Rows(report));
        terminal.Lines(report.LeftOut.Select(arm => $"left out: {arm.Arm}. {arm.Reason}"));
        terminal.Line();
        terminal.Lines(report.Verdict?.Sentences ?? ["Nothing can be compared."]);
        terminal.Line();
        terminal.Line($"page      {page}");
        terminal.Line($"figures   {Path.Combine(folder, "compare.md")}, compare.json, compare.csv");
        terminal.Line($"runs      {Path.Combine(folder, "runs")}");
    }

    private static Table Rows(ComparisonReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("arm");
        foreach (var heading in new[] { "setting", "seeds", "accuracy, %", "zeros, %", "the subject is better by, points", "p" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var row in report.Rows)
        {
            var pair = report.Pairs.FirstOrDefault(pair => pair.Arm == row.Arm && pair.Level.Equals(row.TargetSparsity));
            table.AddRow(
                Markup.Escape(row.Arm),
                FigureText.Setting(row),
                $"{row.Seeds}",
                FigureText.Percent(row.TestAccuracy),
                FigureText.Percent(row.Sparsity) + (row.MissedTarget ? " missed" : ""),
                pair?.Accuracy is { } difference ? FigureText.Points(difference) : "",
                pair?.CorrectedP is { } p ? FigureText.P(p) : "");
        }

        return table;
    }
}
