using System.Text.Json.Serialization;

namespace SparseHybrid.Deploy.Report;

/// <summary>A plot with a table behind it. Each kind of chart is a record of its own, drawn by a function of the same name in report.js.</summary>
/// <param name="Id">Names the chart within its page: letters, digits, hyphens.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How to read it, a sentence or two.</param>
/// <param name="Table">The same figures as text.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PointChart), "points")]
public abstract record Chart(string Id, string Title, string Caption, [property: JsonIgnore] DataTable Table) : PageBlock
{
    internal override IEnumerable<Chart> Charts => [this];

    internal override void Write(HtmlWriter html) => html.Element(
        "figure",
        () =>
        {
            html.Element("h3", Title);
            html.Element("div", "", ("class", "plot"), ("id", Id), ("role", "img"), ("aria-label", $"{Title}. {Caption}"));
            html.Element("figcaption", Caption);
            html.Element("details", () =>
            {
                html.Element("summary", $"The figures as a table ({Table.Rows.Count} rows)");
                Table.Write(html);
            });
        });
}
