using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Verify;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>A model that was written, for people.</summary>
internal static class ModelSummary
{
    /// <summary>What became of each layer, and what the certificate says.</summary>
    public static void Show(Terminal terminal, string file, ModelReport report)
    {
        if (terminal.IsJson)
        {
            return;
        }

        if (report.Tensors.Count > 0)
        {
            terminal.Table(Tensors(report));
        }
        else if (report.Layers.Count > 0)
        {
            terminal.Table(report.Layers.Any(layer => layer.Verdict is not null) ? VerdictTable.Of(report) : Layers(report));
        }

        if (report.Times is { } times)
        {
            terminal.Line(VerdictTable.Network(times));
        }

        var certificate = report.Certificate;
        terminal.Line($"{file}  {Format.Bytes(report.Bytes)}");
        terminal.Line(FormattableString.Invariant(
            $"On {report.SamplesCompared} samples ({certificate.Samples.Source}) no output differs from the original's in {certificate.Original.ComputedBy} by more than {report.MaxAbsDifference:0.0e-0} (largest output: {report.LargestOutput:g3})."));
        if (report.Precision != Precision.Float32 && certificate.Classes is { } classes)
        {
            terminal.Line(Agreement(classes));
        }

        var kept = report.Layers.Where(layer => report.Precision != Precision.Float32 && layer.Precision == Precision.Float32).Select(layer => layer.Size.Name).ToList();
        if (kept.Count > 0)
        {
            terminal.Line($"These layers stay float32: {string.Join(", ", kept)}.");
        }

        terminal.Line($"Certificate: {Path.Combine(Path.GetDirectoryName(file) ?? "", Path.GetFileName(report.CertificateFile))}");
    }

    private static string Agreement(ClassAgreement classes)
    {
        var same = $"Both choose the same class on {Format.FinePercent(classes.Agreement)} of them";
        return classes is { OriginalAccuracy: { } before, Accuracy: { } after }
            ? $"{same}; accuracy {Format.FinePercent(before)} before, {Format.FinePercent(after)} now."
            : $"{same}.";
    }

    private static Table Layers(ModelReport report) => Columns(
        ["layer", "zeros", "units before", "left", "parameters before", "left"],
        report.Layers.Select(layer => layer.Size).Select(layer => new[]
        {
            layer.Name,
            Format.Percent((double)layer.Zeros / layer.Weights),
            Format.Count(layer.UnitsBefore),
            Format.Count(layer.UnitsAfter),
            Format.Count(layer.ParametersBefore),
            Format.Count(layer.ParametersAfter),
        }));

    private static Table Tensors(ModelReport report) => Columns(
        ["tensor", "zeros", "dense", "sparse", "stored"],
        report.Tensors.Select(tensor => new[]
        {
            tensor.Name,
            Format.Percent((double)tensor.Zeros / tensor.Entries),
            Format.Bytes(tensor.DenseBytes),
            Format.Bytes(tensor.SparseBytes),
            tensor.IsSparse ? "sparse" : "dense",
        }));

    private static Table Columns(IReadOnlyList<string> heads, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(heads[0]);
        foreach (var head in heads.Skip(1))
        {
            table.AddColumn(new TableColumn(head).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        return table;
    }
}
