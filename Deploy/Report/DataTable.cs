namespace SparseHybrid.Deploy.Report;

/// <summary>A column of a table.</summary>
/// <param name="Heading">With the unit, where there is one.</param>
/// <param name="IsNumber">Are its cells numbers? They stand below each other digit by digit then.</param>
public sealed record Column(string Heading, bool IsNumber = true);

/// <summary>A table that scrolls by itself where the page is narrower than it.</summary>
/// <param name="Columns">At least one.</param>
/// <param name="Rows">Cells as text, as many in each row as there are columns.</param>
public sealed record DataTable(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : PageBlock
{
    internal override void Write(HtmlWriter html) => html.Element(
        "div",
        () => html.Element("table", () =>
        {
            html.Element("thead", () => WriteRow(html, "th", [.. Columns.Select(column => column.Heading)]));
            html.Element("tbody", () =>
            {
                foreach (var row in Rows)
                {
                    WriteRow(html, "td", row);
                }
            });
        }),
        ("class", "scroll"),
        ("tabindex", "0")); // so that it can be scrolled without a mouse

    private void WriteRow(HtmlWriter html, string tag, IReadOnlyList<string> cells) => html.Element("tr", () =>
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            (string, string)[] attributes = Columns[index].IsNumber ? [("class", "number")] : [];
            html.Element(tag, cells[index], attributes);
        }
    });
}
