using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Deploy.Report.Findings;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>Zeros and living groups, layer by layer.</summary>
internal static class LayersSection
{
    public static Section? Of(IReadOnlyList<RunFindings> runs)
    {
        var trained = runs.Where(run => run.Layers.Count > 0).ToList();
        if (trained.Count == 0)
        {
            return LayerZerosChart.AfterLastEpoch(runs) is { } chart ? new Section("Layers", [chart]) : null;
        }

        var table = Table(trained);
        string[] names = [.. trained.SelectMany(run => run.Layers).Select(layer => layer.Name).Distinct()];
        return new Section("Layers",
        [
            new Gallery(
            [
                LayerZerosChart.Of(
                    "Entries of each weight that are exactly zero.", table, names, [.. trained.Select(run => Series(run, names, layer => layer.ZeroFraction))]),
                new BarChart(
                    "layer-outputs", "Living units in each layer",
                    "Units or filters with a weight that is not zero. The others give the same output whatever they see; the shrunk form leaves them out.",
                    table, names, new Axis("Alive", "% of the layer's outputs", Least: 0, Most: 100),
                    [.. trained.Select(run => Series(run, names, layer => 1 - (double)Outputs(layer).Dead / Math.Max(1, Outputs(layer).Total)))]),
            ], "pair"),
            .. from run in trained
               where run.Remarks.Count > 0
               select new Notes(trained.Count == 1 ? "What the zeros are good for" : $"What the zeros of {run.Name} are good for", run.Remarks),
        ]);
    }

    // Inspection tells of outputs first, then of inputs.
    private static WeightGroups Outputs(LayerInspection layer) => layer.Groups[0];

    private static WeightGroups Inputs(LayerInspection layer) => layer.Groups[1];

    private static BarSeries Series(RunFindings run, string[] names, Func<LayerInspection, double> share) => LayerZerosChart.Series(
        run.Name, names.Select(name => run.Layers.FirstOrDefault(layer => layer.Name == name) is { } layer ? share(layer) : (double?)null));

    private static IEnumerable<string> Alive(WeightGroups groups) => [Figures.Count(groups.Total - groups.Dead), Figures.Count(groups.Total)];

    private static DataTable Table(List<RunFindings> runs) => new(
        [
            new Column("Run", IsNumber: false),
            new Column("Layer", IsNumber: false),
            new Column("Shape", IsNumber: false),
            new Column("Weights"),
            new Column("Zeros"),
            new Column("Zeros, %"),
            new Column("Outputs alive"),
            new Column("Outputs"),
            new Column("Inputs alive"),
            new Column("Inputs"),
            new Column("Multiplications for one input"),
            new Column("Those with weights left"),
        ],
        [
            .. from run in runs
               from layer in run.Layers
               select (IReadOnlyList<string>)
               [
                   run.Name,
                   layer.Name,
                   string.Join(" × ", layer.Shape),
                   Figures.Count(layer.Weights),
                   Figures.Count(layer.Zeros),
                   Figures.Percent(layer.ZeroFraction),
                   .. Alive(Outputs(layer)),
                   .. Alive(Inputs(layer)),
                   layer.Macs is { } all ? Figures.Count(all) : "–",
                   layer.EffectiveMacs is { } effective ? Figures.Count(effective) : "–",
               ],
        ]);
}
