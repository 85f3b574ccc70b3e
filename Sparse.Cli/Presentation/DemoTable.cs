using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>One model of the demonstration: how good it is, how large, how fast.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Accuracy">Share of test images classified rightly (0..1).</param>
/// <param name="Zeros">Zeros / regularised weights (0..1).</param>
/// <param name="Bytes">Size of its file.</param>
/// <param name="Latencies">Median microseconds at each batch size, and the ratio to the dense network.</param>
internal sealed record DemoRow(
    string Name, double Accuracy, double Zeros, long Bytes, IReadOnlyList<(double Microseconds, double Speedup)> Latencies);

/// <summary>The table that the demonstration ends with.</summary>
internal static class DemoTable
{
    private const double ClearlyFaster = 1.1;

    public static Table Create(IReadOnlyList<int> batches, IEnumerable<DemoRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model");
        string[] columns = ["accuracy", "zeros", "file", .. batches.Select(batch => $"batch {batch}")];
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        }

        foreach (var row in rows)
        {
            string[] figures = [row.Name, Format.FinePercent(row.Accuracy), Format.FinePercent(row.Zeros), Format.Bytes(row.Bytes)];
            table.AddRow([.. figures.Select(figure => new Text(figure)), .. row.Latencies.Select(Latency)]);
        }

        return table;
    }

    private static Text Latency((double Microseconds, double Speedup) latency) =>
        new(
            $"{Format.Microseconds(latency.Microseconds)}  {Format.Ratio(latency.Speedup)}",
            latency.Speedup >= ClearlyFaster ? new Style(Color.Green) : Style.Plain);
}
