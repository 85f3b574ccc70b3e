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
        foreach (var sentence in report.Verdict?.Sentences ?? ["Nothing can be compared."])
        {
            terminal.Sentence(sentence);
        }

        ShowSpeed(terminal, report.Speed);
        terminal.Line();
        terminal.Line($"page      {page}");
        terminal.Line($"figures   {Path.Combine(folder, "compare.md")}, compare.json, compare.csv");
        terminal.Line($"runs      {Path.Combine(folder, "runs")}");
    }

    private static void ShowSpeed(Terminal terminal, ComparisonSpeed? speed)
    {
        if (speed is null)
        {
            return;
        }

        terminal.Line();
        terminal.Table(Measured(speed));
        terminal.Line($"batches of {string.Join(" and ", speed.Batches)}; speedup: median of the dense network / median");
        foreach (var sentence in SpeedText.Method(speed))
        {
            terminal.Sentence(sentence);
        }

        foreach (var network in speed.Unmeasured)
        {
            terminal.Sentence($"not measured: {network.Run} as {network.Form}. {network.Reason}");
        }
    }

    private static Table Measured(ComparisonSpeed speed)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("arm").NoWrap());
        table.AddColumn(new TableColumn("setting").RightAligned().NoWrap());
        table.AddColumn("form");
        foreach (var batch in speed.Batches)
        {
            table.AddColumn(new TableColumn($"file, {batch}").RightAligned());
            table.AddColumn(new TableColumn("median").RightAligned());
            table.AddColumn(new TableColumn("speedup").RightAligned());
        }

        foreach (var network in speed.Networks)
        {
            table.AddRow(
            [
                Markup.Escape(network.Arm),
                FigureText.Setting(network.Lambda, network.TargetSparsity),
                network.Form,
                .. network.Batches.SelectMany(batch => new[] { Format.Bytes(batch.Bytes), Format.Microseconds(batch.Latency.MedianMicroseconds), Format.Ratio(batch.Speedup) }),
            ]);
        }

        return table;
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
