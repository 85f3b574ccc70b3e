namespace SparseHybrid.Deploy.Report;

/// <summary>How the numbers of an axis are laid out.</summary>
public enum AxisScale
{
    /// <summary>Equal differences are equal lengths.</summary>
    Linear,

    /// <summary>Equal ratios are equal lengths; for numbers above 0.</summary>
    Logarithmic,

    /// <summary>
    /// For percentages below 100: equal ratios of what is left to 100 are equal lengths, so that 90, 99 and 99.9 stand equally
    /// far apart.
    /// </summary>
    Remainder,
}

/// <summary>An axis.</summary>
/// <param name="Name">The quantity.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Scale">How its numbers are laid out.</param>
/// <param name="Least">A number below which there is nothing to show; null: none.</param>
/// <param name="Most">A number above which there is nothing to show; null: none.</param>
/// <param name="ShownFrom">Points below it are marked at the edge with their figure, so that the others have room; null: all stand where they belong.</param>
public sealed record Axis(string Name, string Unit, AxisScale Scale = AxisScale.Linear, double? Least = null, double? Most = null, double? ShownFrom = null)
{
    private const double WideRatio = 10;

    /// <summary>An axis for numbers of 0 or more: logarithmic where the largest is many times the least.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="numbers">Everything that is drawn along it.</param>
    public static Axis OfMagnitudes(string name, string unit, IReadOnlyCollection<double> numbers)
    {
        var isWide = numbers.Count > 0 && numbers.Min() > 0 && numbers.Max() >= WideRatio * numbers.Min();
        return new Axis(name, unit, isWide ? AxisScale.Logarithmic : AxisScale.Linear, Least: 0);
    }
}

/// <summary>A point with the range around it.</summary>
/// <param name="X">In the unit of the horizontal axis.</param>
/// <param name="Y">In the unit of the vertical axis.</param>
/// <param name="XLow">Left end of the bar through the point; null: no bar.</param>
/// <param name="XHigh">Right end of it.</param>
/// <param name="YLow">Lower end of the bar through the point; null: no bar.</param>
/// <param name="YHigh">Upper end of it.</param>
/// <param name="IsMarked">Does it get a ring?</param>
/// <param name="Lines">What to say about it, a line each.</param>
public sealed record ChartPoint(
    double X, double Y, double? XLow, double? XHigh, double? YLow, double? YHigh, bool IsMarked, IReadOnlyList<string> Lines);

/// <summary>Points that belong together.</summary>
/// <param name="Name">As the legend shows it.</param>
/// <param name="Points">In the order of the line that joins them.</param>
/// <param name="Details">Small points without a line: what the others summarise.</param>
/// <param name="IsJoined">Is there a line?</param>
public sealed record PointSeries(string Name, IReadOnlyList<ChartPoint> Points, IReadOnlyList<ChartPoint> Details, bool IsJoined = true);

/// <summary>Points against two axes, with bars for their spread.</summary>
/// <param name="Id">Names the chart within its page: letters, digits, hyphens.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How to read it, a sentence or two.</param>
/// <param name="Table">The same figures as text.</param>
/// <param name="Horizontal">The horizontal axis.</param>
/// <param name="Vertical">The vertical axis.</param>
/// <param name="Series">What is drawn.</param>
/// <param name="Front">Name of the staircase through the marked points; null: none is drawn.</param>
public sealed record PointChart(
    string Id,
    string Title,
    string Caption,
    DataTable Table,
    Axis Horizontal,
    Axis Vertical,
    IReadOnlyList<PointSeries> Series,
    string? Front = null)
    : Chart(Id, Title, Caption, Table);
