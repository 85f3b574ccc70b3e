using SparseHybrid.Deploy.Inspect;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>A model layer by layer, in 80 columns, and below what its weights would take in other encodings.</summary>
internal static class InspectionTable
{
    private static readonly string[] Figures = ["shape", "zeros", "dead\nout", "dead\nin", "MACs", "nonzero\nMACs", "bytes"];

    public static void Show(Terminal terminal, ModelInspection model)
    {
        var totals = model.Totals;
        terminal.Table(Layers(model));
        terminal.Line();
        terminal.Line($"{Format.Count(totals.Parameters)} parameters, {Format.Count(totals.Nonzeros)} not zero; {Format.Count(totals.RegularisedWeights)} regularised weights");
        terminal.Line($"{Macs(totals.Macs, Format.Count)} MACs for one input; {Macs(totals.EffectiveMacs, Format.Count)} with weights that are not zero");
        terminal.Line();
        terminal.Table(Encodings(totals.Encodings));
        if (model.Remarks.Count > 0)
        {
            terminal.Line();
            model.Remarks.ToList().ForEach(terminal.Line);
        }
    }

    private static Table Layers(ModelInspection model)
    {
        var table = NewTable("layer", Figures);
        foreach (var layer in model.Layers)
        {
            string[] cells =
            [
                layer.Name,
                string.Join('x', layer.Shape),
                Format.Percent(layer.ZeroFraction),
                Dead(layer, "output-filter", "row"),
                Dead(layer, "input-channel", "column"),
                Macs(layer.Macs, Format.Magnitude),
                Macs(layer.EffectiveMacs, Format.Magnitude),
                Format.Bytes(layer.Bytes),
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }

    private static Table Encodings(EncodingBytes bytes)
    {
        var table = NewTable("weights of these layers as", "bytes", "of dense");
        (string Name, long Bytes)[] rows =
        [
            ("dense (float32)", bytes.Dense), ("sparse-weights (ONNX, non-zeros)", bytes.Sparse), ("bitmask and values", bytes.Bitmask),
            ("gaps and values", bytes.Delta), ("float16", bytes.Float16), ("int8", bytes.Int8),
        ];
        foreach (var (name, size) in rows)
        {
            table.AddRow(new Text(name), new Text(Format.Bytes(size)), new Text(bytes.Dense == 0 ? "-" : Format.Ratio((double)size / bytes.Dense)));
        }

        return table;
    }

    private static Table NewTable(string first, params string[] figures)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn(first).PadLeft(0).PadRight(1));
        foreach (var figure in figures)
        {
            table.AddColumn(new TableColumn(figure).RightAligned().NoWrap().PadLeft(0).PadRight(1));
        }

        return table;
    }

    private static string Dead(LayerInspection layer, params string[] kinds) =>
        layer.Groups.First(group => kinds.Contains(group.Kind)) is var groups ? $"{groups.Dead}/{groups.Total}" : "";

    private static string Macs(long? count, Func<long, string> format) => count is { } known ? format(known) : "?";
}
