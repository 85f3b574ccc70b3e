namespace SparseHybrid.Deploy.Report;

/// <summary>A row of counts.</summary>
/// <param name="Heading">What they are counts of.</param>
/// <param name="Counts">One for each column.</param>
internal sealed record ShareRow(string Heading, IReadOnlyList<long> Counts);

/// <summary>A table of counts whose cells are the fuller the larger their share of the row is: table and plot in one.</summary>
/// <param name="Headings">Of the first column and of each count.</param>
/// <param name="Rows">In order.</param>
internal sealed record ShareTable(IReadOnlyList<string> Headings, IReadOnlyList<ShareRow> Rows) : PageBlock
{
    private const double Full = 0.5; // from this share on letters stand on the colour and not on the page

    internal override void Write(HtmlWriter html) => html.Element(
        "div",
        () => html.Element(
            "table",
            () =>
            {
                html.Element("thead", () => html.Element("tr", () => Headings.ToList().ForEach(heading => html.Element("th", () => html.Element("span", heading), ("scope", "col")))));
                html.Element("tbody", () => Rows.ToList().ForEach(row => WriteRow(html, row)));
            },
            ("class", "matrix")),
        ("class", "scroll"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", "Table of counts"));

    private static void WriteRow(HtmlWriter html, ShareRow row) => html.Element("tr", () =>
    {
        var sum = Math.Max(1, row.Counts.Sum());
        html.Element("th", row.Heading, ("scope", "row"));
        foreach (var count in row.Counts)
        {
            var share = (double)count / sum;
            html.Element(
                "td", count == 0 ? "" : Figures.Count(count),
                ("class", share >= Full ? "full" : ""), ("style", FormattableString.Invariant($"--share: {100 * share:0.#}%")));
        }
    });
}
