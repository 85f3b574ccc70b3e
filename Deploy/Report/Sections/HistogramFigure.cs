using System.Globalization;
using System.Text;
using SparseHybrid.Deploy.Report.Findings;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>The weights of a layer by value, small: a bar for the share of exact zeros, and the histogram of the rest below it.</summary>
/// <param name="Histogram">Its weights by value.</param>
/// <param name="ZeroFraction">Zeros / weights (0..1).</param>
internal sealed record HistogramFigure(WeightHistogram Histogram, double ZeroFraction) : PageBlock
{
    private const double Height = 40; // of the drawing, whose width is the number of bins

    internal override void Write(HtmlWriter html) => html.Element("figure", () =>
    {
        var zeros = $"{Figures.Percent(ZeroFraction)} %";
        var largest = Figures.Significant(Histogram.Largest);
        html.Element("h4", Histogram.Layer);
        html.Element("div", () =>
        {
            html.Element("div", () => html.Element("i", "", ("style", Invariant($"width: {100 * ZeroFraction:0.##}%"))), ("class", "track"));
            html.Element("span", $"{zeros} zeros");
        }, ("class", "zeros"));
        html.Element(
            "svg",
            () => html.Element("path", "", ("d", Bars())),
            ("viewBox", Invariant($"0 0 {WeightHistogram.Bins} {Height}")),
            ("preserveAspectRatio", "none"),
            ("role", "img"),
            ("aria-label", $"{Histogram.Layer}: {zeros} exact zeros; the other weights lie between -{largest} and {largest}."));
        html.Element("div", () => new[] { $"−{largest}", "0", largest }.ToList().ForEach(end => html.Element("span", end)), ("class", "ends"));
    }, ("class", "histogram"));

    private string Bars()
    {
        var path = new StringBuilder();
        var highest = Math.Max(1, Histogram.Counts.Max());
        foreach (var (bin, count) in Histogram.Counts.Index().Where(bar => bar.Item > 0))
        {
            path.Append(CultureInfo.InvariantCulture, $"M{bin + 0.06:0.##} {Height}v{-Height * count / highest:0.##}h0.88V{Height}z");
        }

        return path.ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
