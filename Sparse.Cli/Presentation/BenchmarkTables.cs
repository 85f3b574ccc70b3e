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
        terminal.Table(Times(reports, terminal.TableWidth));
        terminal.Line();
        terminal.Table(Facts(reports, terminal.TableWidth));
        terminal.Line();
        terminal.Table(Notes(reports));
    }

    private static Table Times(IReadOnlyList<BenchmarkReport> reports, int width)
    {
        var rows = new List<string[]>();
        foreach (var report in reports)
        {
            if (reports.Count > 1)
            {
                rows.AddRange([[], [BenchmarkCells.Title(report.Options.Threads, report.Options.Batch)]]);
            }

            rows.AddRange(Names(report).Zip(report.Results, (name, timing) => (string[])[name, .. BenchmarkCells.Times(timing)]));
        }

        return Table(BenchmarkCells.TimeColumns, rows, width);
    }

    private static Table Facts(IReadOnlyList<BenchmarkReport> reports, int width) => Table(
        BenchmarkCells.FactColumns,
        [.. Names(reports[0]).Select((name, index) => (string[])[name, .. BenchmarkCells.Facts([.. reports.Select(report => report.Results[index])])])],
        width);

    // Without lines between columns, seven of them and a model's name fit into 80 characters. A name that does not goes on below.
    private static Table Table(string[] columns, IReadOnlyList<string[]> rows, int width)
    {
        const int gap = 2;
        var between = new Padding(0, 0, gap, 0);
        var widths = columns.Select((column, index) => rows.Where(row => row.Length > 1).Select(row => row[index + 1].Length).Append(column.Length).Max()).ToArray();
        var room = width - widths.Sum(cell => cell + gap);
        var names = rows.Where(row => row.Length > 0).Max(row => row[0].Length);
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn(Heading("model")).Padding(between).Width(Math.Clamp(names, 8, Math.Max(8, room))));
        foreach (var (column, cells) in columns.Zip(widths))
        {
            table.AddColumn(new TableColumn(Heading(column)).RightAligned().NoWrap().Padding(between).Width(cells));
        }

        foreach (var row in rows)
        {
            var isTitle = row.Length == 1;
            table.AddRow(row.Select(cell => isTitle ? new Text(cell, new Style(decoration: Decoration.Bold)) : new Text(cell)));
        }

        return table;
    }

    private static Grid Notes(IReadOnlyList<BenchmarkReport> reports)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(new Padding(0, 0, 2, 0))).AddColumn(new GridColumn().PadRight(0));
        foreach (var (column, meaning) in BenchmarkCells.Legend(reports).Concat(BenchmarkCells.Warnings(reports).Select(warning => ("warning", warning))))
        {
            grid.AddRow(new Text(column), new Text(meaning));
        }

        return grid;
    }

    private static Text Heading(string text) => new(text, new Style(Color.Grey));

    private static IReadOnlyList<string> Names(BenchmarkReport report) => BenchmarkCells.Names(report.Results.Select(result => result.Model));
}
