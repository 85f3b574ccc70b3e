using SparseHybrid.Deploy.Export;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What was exported, for people.</summary>
internal static class ExportSummary
{
    public static void Show(Terminal terminal, string file, ExportReport report)
    {
        if (report.Layers.Count > 0)
        {
            terminal.Table(Layers(report));
        }

        terminal.Line($"{file}  {Format.Bytes(report.Bytes)}");
        terminal.Line(FormattableString.Invariant(
            $"On {report.SamplesCompared} test images no output differs from libtorch's by more than {report.MaxAbsDifference:0.0e-0}."));
    }

    private static Table Layers(ExportReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("layer");
        foreach (var column in new[] { "units trained", "units left", "parameters trained", "parameters left" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var layer in report.Layers)
        {
            string[] cells =
            [
                layer.Name,
                Format.Count(layer.UnitsBefore),
                Format.Count(layer.UnitsAfter),
                Format.Count(layer.ParametersBefore),
                Format.Count(layer.ParametersAfter),
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }
}
