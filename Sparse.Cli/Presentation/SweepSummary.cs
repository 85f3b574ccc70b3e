using System.Globalization;
using SparseHybrid.Sweeps;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What a sweep has found, for people.</summary>
internal static class SweepSummary
{
    public static void Show(Terminal terminal, SweepReport report, string folder, string page)
    {
        terminal.Line();
        if (report.Front.Count > 0)
        {
            terminal.Table(Front(report));
            terminal.Line("* no other setting has as many zeros and as high an accuracy on average, and more of one");
        }

        if (report.WarmStart)
        {
            terminal.Line("  Runs began with the weights of the run before them on the path: these are not results of training from scratch.");
        }

        terminal.Line();
        terminal.Line($"plot      {page}");
        terminal.Line($"figures   {Path.Combine(folder, "front.json")}, front.csv, runs.csv");
        terminal.Line($"runs      {Path.Combine(folder, "runs")}");
    }

    private static Table Front(SweepReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("method");
        foreach (var heading in new[] { report.Variable == SweepVariable.Lambda ? "lambda" : "zeros asked for", "seeds", "accuracy", "zeros", "non-zeros" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        table.AddColumn("");
        foreach (var entry in report.Front)
        {
            table.AddRow(
                Markup.Escape(entry.Method),
                SweepValue.ToText(entry.Lambda, entry.TargetSparsity),
                $"{entry.Seeds}",
                Share(entry.TestAccuracy),
                Share(entry.Sparsity),
                Format.Count((long)Math.Round(entry.Nonzeros.Mean)),
                entry.IsOnFront ? "*" : "");
        }

        return table;
    }

    private static string Share(Spread spread) => spread.StandardDeviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{Format.FinePercent(spread.Mean)} ± {100 * deviation:0.00}")
        : Format.FinePercent(spread.Mean);
}
