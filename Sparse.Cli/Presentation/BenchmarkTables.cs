using SparseHybrid.Deploy.Benchmark;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>A benchmark on the terminal: a table of times grouped by threads and batch, one of the models, and what the columns mean.</summary>
internal static class BenchmarkTables
{
    public static void Show(Terminal terminal, IReadOnlyList<BenchmarkReport> reports)
    {
        BenchmarkCells.Setting(reports).ToList().ForEach(terminal.Line);
        terminal.Line();
        terminal.Table(Times(reports));
        terminal.Line();
        terminal.Table(Facts(reports));
        terminal.Line();
        terminal.Table(Notes(reports));
    }

    private static Table Times(IReadOnlyList<BenchmarkReport> reports)
    {
        var table = Start(BenchmarkCells.TimeColumns);
        foreach (var report in reports)
        {
            if (reports.Count > 1)
            {
                AddGroup(table, BenchmarkCells.Title(report.Options.Threads, report.Options.Batch), isFirst: report == reports[0]);
            }

            foreach (var (name, timing) in Names(report).Zip(report.Results))
            {
                table.AddRow([new Text(name), .. BenchmarkCells.Times(timing).Select(cell => new Text(cell))]);
            }
        }

        return table;
    }

    private static Table Facts(IReadOnlyList<BenchmarkReport> reports)
    {
        var table = Start(BenchmarkCells.FactColumns);
        foreach (var (index, name) in Names(reports[0]).Index())
        {
            table.AddRow([name, .. BenchmarkCells.Facts([.. reports.Select(report => report.Results[index])])]);
        }

        return table;
    }

    private static Grid Notes(IReadOnlyList<BenchmarkReport> reports)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0)).AddColumn(new GridColumn().PadRight(0));
        foreach (var (column, meaning) in BenchmarkCells.Legend(reports).Concat(BenchmarkCells.Warnings(reports).Select(warning => ("warning", warning))))
        {
            grid.AddRow(new Text(column), new Text(meaning));
        }

        return grid;
    }

    private static void AddGroup(Table table, string title, bool isFirst)
    {
        if (!isFirst)
        {
            table.AddEmptyRow();
        }

        table.AddRow(new Text(title, new Style(decoration: Decoration.Bold)));
    }

    private static Table Start(IEnumerable<string> columns)
    {
        var table = new Table().Border(TableBorder.Horizontal).AddColumn(new TableColumn("model").Padding(0, 0));
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap().Padding(1, 0));
        }

        return table;
    }

    private static IReadOnlyList<string> Names(BenchmarkReport report) => BenchmarkCells.Names(report.Results.Select(result => result.Model));
}
