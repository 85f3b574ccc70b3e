using System.Text.Json.Serialization;

namespace SparseHybrid.Deploy.Report;

/// <summary>A plot with a table behind it. Each kind of chart is a record of its own, drawn by a function of the same name in report.js.</summary>
/// <param name="Id">Names the chart within its page: letters, digits, hyphens.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How to read it, a sentence or two.</param>
/// <param name="Table">The same figures as text.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PointChart), "points")]
[JsonDerivedType(typeof(LineChart), "lines")]
[JsonDerivedType(typeof(BarChart), "bars")]
public abstract record Chart(string Id, string Title, string Caption, [property: JsonIgnore] DataTable Table) : PageBlock
{
    internal override IEnumerable<Chart> Charts => [this];

    /// <summary>How high the plot is, in units of the page's letters; null: as report.css says.</summary>
    internal virtual double? HeightRem => null;

    internal override void Write(HtmlWriter html) => html.Element("figure", () =>
    {
        html.Element("h3", Title);
        html.Element("div", "", [("class", "plot"), ("id", Id), ("role", "img"), ("aria-label", $"{Title}. {Caption}"), .. Style]);
        html.Element("figcaption", Caption);
        new TableBehind(Table with { Label = Title }).Write(html);
    });

    private (string, string)[] Style => HeightRem is { } height ? [("style", FormattableString.Invariant($"height: {height:0.#}rem"))] : [];
}
