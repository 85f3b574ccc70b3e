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
    /// <summary>Do its cells hold sentences, which are broken into lines? Default no.</summary>
    public bool WrapsText { get; init; }

    /// <summary>What it is called by who hears the page read; null: by nothing in particular.</summary>
    public string? Label { get; init; }

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
        }, ("class", WrapsText ? "sentences" : "")),
        ("class", "scroll"),
        ("tabindex", "0"), // so that it can be scrolled without a mouse
        ("role", "region"),
        ("aria-label", Label is null ? "Table" : $"Table: {Label}"));

    private void WriteRow(HtmlWriter html, string tag, IReadOnlyList<string> cells) => html.Element("tr", () =>
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            (string, string)[] kind = Columns[index].IsNumber ? [("class", "number")] : [];
            (string, string)[] scope = tag == "th" ? [("scope", "col")] : [];
            html.Element(tag, cells[index], [.. kind, .. scope]);
        }
    });
}

/// <summary>The figures behind a picture, folded away until they are asked for.</summary>
/// <param name="Table">The figures.</param>
internal sealed record TableBehind(DataTable Table) : PageBlock
{
    internal override void Write(HtmlWriter html) => html.Element("details", () =>
    {
        html.Element("summary", $"The figures as a table ({Table.Rows.Count} {(Table.Rows.Count == 1 ? "row" : "rows")})");
        Table.Write(html);
    });
}
