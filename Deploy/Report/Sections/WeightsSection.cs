using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Deploy.Report.Images;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>The trained weights: histograms, the first layer's filters, masks.</summary>
internal static class WeightsSection
{
    private const double MaskRem = 18;

    private const string Histograms =
        "Each layer's weights by value. The bar is the share of exact zeros; below it, in a scale of its own, how many of the other weights lie where "
        + "between minus and plus the largest magnitude.";

    private const string Masks =
        "Where weights are left: outputs from top to bottom, what feeds them from left to right. Large weights are drawn coarser, and a pixel is the fuller "
        + "the more of its entries are left.";

    public static Section? Of(IReadOnlyList<RunFindings> runs)
    {
        var trained = runs.Where(run => run.Layers.Count > 0).ToList();
        return trained.Count == 0 ? null : new Section("Weights",
        [
            .. trained.Count == 1 ? Blocks(trained[0]) : trained.Select((run, index) => new Fold(run.Name, [.. Blocks(run)], IsOpen: index == 0)),
        ]);
    }

    private static IEnumerable<PageBlock> Blocks(RunFindings run) =>
    [
        new Heading("Histograms"),
        new Paragraph(Histograms),
        new Gallery([.. run.Histograms.Select(histogram => new HistogramFigure(histogram, Find(run, histogram.Layer).ZeroFraction))], "layers"),
        new TableBehind(HistogramTable(run)),
        new Heading("Filters of the first layer"),
        .. run.Filters is { } sheet ? Filters(sheet) : [new Paragraph(WhyNoFilters(run))],
        new Heading("Masks"),
        new Paragraph(Masks),
        new Gallery([.. run.Masks.Select(mask => Mask(mask, run))], "masks"),
    ];

    private static IEnumerable<PageBlock> Filters(FilterSheet sheet)
    {
        var which = sheet.Shown == sheet.Alive ? $"the {sheet.Alive}" : $"the first {sheet.Shown} of the {sheet.Alive}";
        var channels = sheet.Channels == 1 ? "" : $", {sheet.Channels} images each, one an input channel";
        var full = Figures.Significant(sheet.FullColour);
        return
        [
            new Paragraph($"{sheet.Layer}: {which} units or filters that are alive, of {sheet.Total} in all{channels}."),
            new Gallery(
            [
                Sheet("Weights", $"Blue is positive, orange negative, with the full colour from {full} on; where there is nothing, the weight is exactly zero.", sheet.Weights),
                Sheet("Mask", "What is not exactly zero.", sheet.Mask),
            ], "pair"),
        ];

        Picture Sheet(string title, string caption, byte[] png) =>
            new(title, caption, $"{title} of {sheet.Shown} filters of {sheet.Layer}.", png, sheet.Width, sheet.Height);
    }

    private static string WhyNoFilters(RunFindings run) => run.Layers[0].ZeroFraction == 1
        ? $"{run.Layers[0].Name} has only zeros left."
        : $"The weights of {run.Layers[0].Name} are no images: they have the shape {string.Join(" × ", run.Layers[0].Shape)}.";

    private static Picture Mask(LayerMask mask, RunFindings run)
    {
        var layer = Find(run, mask.Layer);
        var pixel = mask.EntriesAcross * mask.EntriesDown > 1 ? $"; a pixel is {mask.EntriesDown} × {mask.EntriesAcross} weights" : "";
        var caption = $"{string.Join(" × ", layer.Shape)}, {Figures.Percent(1 - layer.ZeroFraction)} % left{pixel}";
        return new Picture(mask.Layer, caption, $"Mask of {mask.Layer}: {caption}.", mask.Png, mask.Width, mask.Height, Math.Max(2, MaskRem * Math.Min(1.0, (double)mask.Width / mask.Height)));
    }

    private static LayerInspection Find(RunFindings run, string layer) => run.Layers.First(candidate => candidate.Name == layer);

    private static DataTable HistogramTable(RunFindings run) => new(
        [
            new Column("Layer", IsNumber: false),
            new Column("Exact zeros"),
            new Column("Left end, weight"),
            new Column("Bin width, weight"),
            .. Enumerable.Range(1, WeightHistogram.Bins).Select(bin => new Column($"Bin {bin}, weights")),
        ],
        [
            .. run.Histograms.Select(histogram => (IReadOnlyList<string>)
            [
                histogram.Layer,
                Figures.Count(Find(run, histogram.Layer).Zeros),
                Figures.Significant(-histogram.Largest),
                Figures.Significant(histogram.BinWidth),
                .. histogram.Counts.Select(count => Figures.Count(count)),
            ]),
        ]);
}
