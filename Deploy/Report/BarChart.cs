namespace SparseHybrid.Deploy.Report;

/// <summary>A bar for each category.</summary>
/// <param name="Name">As the legend shows it.</param>
/// <param name="Values">A number for each category; null: there is none.</param>
/// <param name="Labels">What stands at the end of each bar.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double?> Values, IReadOnlyList<string> Labels);

/// <summary>Bars that lie below each other, category by category.</summary>
/// <param name="Id">Names the chart within its page: letters, digits, hyphens.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How to read it, a sentence or two.</param>
/// <param name="Table">The same figures as text.</param>
/// <param name="Categories">Names of the categories, from top to bottom.</param>
/// <param name="Horizontal">The axis along the bars; linear, from 0.</param>
/// <param name="Series">Bars of one colour each.</param>
public sealed record BarChart(
    string Id, string Title, string Caption, DataTable Table, IReadOnlyList<string> Categories, Axis Horizontal, IReadOnlyList<BarSeries> Series)
    : Chart(Id, Title, Caption, Table)
{
    private const double FrameRem = 7; // legend and axis
    private const double GapRem = 0.6;
    private const double BarRem = 0.95;

    /// <inheritdoc/>
    internal override double? HeightRem => FrameRem + Categories.Count * (GapRem + BarRem * Math.Max(1.3, Series.Count));
}
