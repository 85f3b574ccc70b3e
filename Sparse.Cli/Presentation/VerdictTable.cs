using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.SparseForm.Measure;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What was decided about each layer, and why, for people.</summary>
internal static class VerdictTable
{
    public static Table Of(ModelReport report)
    {
        var isMeasured = report.Layers.Any(layer => layer.Verdict?.Times is not null);
        var isShrunk = report.Layers.Any(layer => layer.Verdict?.Times?.Shrunk is not null);
        var isRounded = report.Layers.Any(layer => layer.Verdict?.Times?.Rounded is not null);
        var table = new Table().Border(TableBorder.Rounded).AddColumn("layer").AddColumn(new TableColumn("zeros").RightAligned());
        List<string> columns = isMeasured ? ["dense"] : [];
        columns.AddRange(isShrunk ? ["shrunk"] : []);
        columns.AddRange(isRounded ? ["rounded"] : []);
        columns.AddRange(isMeasured ? ["sparse"] : []);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumn("choice").AddColumn("why");
        foreach (var layer in report.Layers)
        {
            var times = layer.Verdict?.Times;
            List<string> cells = [layer.Size.Name, Format.Percent((double)layer.Size.Zeros / layer.Size.Weights)];
            cells.AddRange(isMeasured ? [Time(times?.Dense)] : []);
            cells.AddRange(isShrunk ? [Time(times?.Shrunk)] : []);
            cells.AddRange(isRounded ? [Time(times?.Rounded)] : []);
            cells.AddRange(isMeasured ? [Time(times?.Sparse)] : []);
            cells.AddRange([ModelForms.NameOf(layer.Choice), layer.Verdict?.Why ?? ""]);
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }

    /// <summary>A line about the whole network.</summary>
    public static string Network(NetworkTimes times)
    {
        List<string> forms = [$"dense {Time(times.Dense)}"];
        forms.AddRange(times.Shrunk is { } shrunk ? [$"shrunk {Time(shrunk)}"] : []);
        forms.AddRange(times.Rounded is { } rounded ? [$"with widths in multiples of {rounded.RoundTo} {Time(rounded.Microseconds)}"] : []);
        forms.AddRange(times.Sparse is { } sparse ? [$"with sparse kernels {Time(sparse)}"] : []);
        return $"The whole network, batch {times.Batch}, {times.Threads} thread(s): {string.Join(", ", forms)}. Chosen: {times.Choice} ({Format.Ratio(times.Dense / times.Chosen)}).";
    }

    private static string Time(double? microseconds) => microseconds is { } time ? Format.Microseconds(time) : "";
}
