namespace SparseHybrid.Deploy.Report;

/// <summary>A quantity over another one, joined by a line.</summary>
/// <param name="Name">As the legend shows it.</param>
/// <param name="Points">In order of their first number; both numbers are finite.</param>
/// <param name="Colour">The colour, counted from 0: series that belong together share one.</param>
/// <param name="IsDashed">Is the line dashed?</param>
public sealed record LineSeries(string Name, IReadOnlyList<double[]> Points, int Colour, bool IsDashed = false);

/// <summary>Lines against two axes.</summary>
/// <param name="Id">Names the chart within its page: letters, digits, hyphens.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How to read it, a sentence or two.</param>
/// <param name="Table">The same figures as text.</param>
/// <param name="Horizontal">The horizontal axis.</param>
/// <param name="Vertical">The vertical axis.</param>
/// <param name="Series">What is drawn.</param>
public sealed record LineChart(
    string Id, string Title, string Caption, DataTable Table, Axis Horizontal, Axis Vertical, IReadOnlyList<LineSeries> Series)
    : Chart(Id, Title, Caption, Table);
