using SparseHybrid.Deploy.Benchmark;

namespace SparseHybrid.Cli.Presentation;

/// <summary>A benchmark as Markdown: a table for each number of threads and batch, one of the models, and what the columns mean.</summary>
internal static class BenchmarkMarkdown
{
    /// <summary>The whole file.</summary>
    public static string Write(IReadOnlyList<BenchmarkReport> reports) => string.Join('\n', Lines(reports)) + '\n';

    private static IEnumerable<string> Lines(IReadOnlyList<BenchmarkReport> reports) =>
    [
        .. BenchmarkCells.Setting(reports).Select(line => $"{line}  "), // two blanks: the line ends here
        .. reports.SelectMany(Times),
        "",
        .. Facts(reports),
        "",
        .. BenchmarkCells.Legend(reports).Select(line => $"- {line.Column}: {line.Meaning}"),
        .. BenchmarkCells.Warnings(reports).Select(warning => $"- **warning**: {warning}"),
    ];

    private static IEnumerable<string> Times(BenchmarkReport report) =>
    [
        "",
        .. Table(BenchmarkCells.Title(report.Options.Threads, report.Options.Batch), BenchmarkCells.TimeColumns, Names(report).Zip(report.Results.Select(BenchmarkCells.Times))),
    ];

    private static IEnumerable<string> Facts(IReadOnlyList<BenchmarkReport> reports) => Table(
        "model",
        BenchmarkCells.FactColumns,
        Names(reports[0]).Select((name, index) => (name, BenchmarkCells.Facts([.. reports.Select(report => report.Results[index])]))));

    private static IEnumerable<string> Table(string corner, string[] columns, IEnumerable<(string Name, string[] Cells)> rows) =>
    [
        Row([corner, .. columns]),
        Row(["---", .. columns.Select(_ => "---:")]),
        .. rows.Select(row => Row([row.Name, .. row.Cells])),
    ];

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|")))} |";

    private static IReadOnlyList<string> Names(BenchmarkReport report) => BenchmarkCells.Names(report.Results.Select(result => result.Model));
}
