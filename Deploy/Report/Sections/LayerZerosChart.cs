using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>Zeros in each layer as bars.</summary>
internal static class LayerZerosChart
{
    /// <param name="caption">How to read it.</param>
    /// <param name="table">The same figures as text.</param>
    /// <param name="layers">Their names, from top to bottom.</param>
    /// <param name="series">One of <see cref="Series"/> for each run.</param>
    public static BarChart Of(string caption, DataTable table, IReadOnlyList<string> layers, IReadOnlyList<BarSeries> series) => new(
        "layer-zeros", "Zeros in each layer", caption, table, layers, new Axis("Zeros", "% of the layer's weights", Least: 0, Most: 100), series);

    /// <summary>Bars of one run.</summary>
    /// <param name="run">Its name.</param>
    /// <param name="shares">A share (0..1) for each layer; null: the run has no such layer.</param>
    public static BarSeries Series(string run, IEnumerable<double?> shares)
    {
        List<double?> known = [.. shares];
        return new BarSeries(run, [.. known.Select(share => 100 * share)], [.. known.Select(share => share is { } number ? $"{Figures.Percent(number)} %" : "")]);
    }

    /// <summary>What the metrics of runs tell whose weights cannot be inspected yet; null where they tell nothing.</summary>
    public static BarChart? AfterLastEpoch(IReadOnlyList<RunFindings> runs)
    {
        var counted = runs.Where(run => run.LastEpoch is { Layers.Count: > 0 }).ToList();
        string[] names = [.. counted.SelectMany(run => run.LastEpoch!.Layers).Select(layer => layer.Name).Distinct()];
        return counted.Count == 0 ? null : Of(
            "Entries of each weight that are exactly zero, after the last epoch that is done.",
            Table(counted),
            names,
            [.. counted.Select(run => Series(run.Name, names.Select(name => Share(run.LastEpoch!.Layers.FirstOrDefault(layer => layer.Name == name)))))]);
    }

    private static double? Share(LayerZeros? layer) => layer is null ? null : (double)layer.Zeros / layer.Weights;

    private static DataTable Table(List<RunFindings> runs) => new(
        [
            new Column("Run", IsNumber: false),
            new Column("After epoch"),
            new Column("Layer", IsNumber: false),
            new Column("Weights"),
            new Column("Zeros"),
            new Column("Zeros, %"),
        ],
        [
            .. from run in runs
               from layer in run.LastEpoch!.Layers
               select (IReadOnlyList<string>)
               [
                   run.Name, $"{run.LastEpoch!.Epoch}", layer.Name, Figures.Count(layer.Weights), Figures.Count(layer.Zeros), Figures.Percent(Share(layer)!.Value),
               ],
        ]);
}
