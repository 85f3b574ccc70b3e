using System.Text.Json;
using System.Text.Json.Serialization;

namespace SparseHybrid.Deploy.Report;

/// <summary>
/// A page in one HTML file: it opens without a network, in light and dark, on a phone and on paper, and holds its figures as
/// tables and as JSON too.
/// </summary>
/// <param name="Title">What the page is about.</param>
/// <param name="Lead">The main result in a sentence or two.</param>
/// <param name="Sections">In order.</param>
/// <param name="Results">What the page was made from; embedded as JSON in the element with the id "results".</param>
public sealed record HtmlPage(string Title, string Lead, IReadOnlyList<Section> Sections, object Results)
{
    private const int FewestForContents = 4;

    // The default encoder escapes <, > and &: no text in the JSON can end the element that holds it.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Does the page follow a run by way of the server that it came from? Default no: it loads nothing from anywhere.</summary>
    internal bool IsLive { get; init; }

    /// <summary>The element that holds the sections.</summary>
    internal string Main
    {
        get
        {
            var html = new HtmlWriter();
            WriteMain(html);
            return html.ToString();
        }
    }

    /// <summary>The charts in order, as the script that draws them reads them.</summary>
    internal string Charts => JsonOf(Sections.SelectMany(section => section.Charts));

    /// <summary>The file.</summary>
    public string ToHtml()
    {
        var html = new HtmlWriter();
        html.Element("html", () => WriteHeadAndBody(html), ("lang", "en"));
        return $"<!DOCTYPE html>\n{html}";
    }

    private void WriteHeadAndBody(HtmlWriter html)
    {
        html.Element("head", () =>
        {
            html.Void("meta", ("charset", "utf-8"));
            html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", IsLive ? ReportAssets.LivePolicy : ReportAssets.FilePolicy));
            html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
            if (IsLive)
            {
                html.Void("link", ("rel", "icon"), ("href", "data:,")); // or the browser would ask the server for one
            }

            html.Element("title", Title);
            html.Raw("style", ReportAssets.Style);
        });
        html.Element("body", () =>
        {
            html.Element("header", () =>
            {
                html.Element("h1", Title);
                html.Element("p", Lead, ("class", "lead"));
                if (IsLive)
                {
                    html.Element("p", "", ("class", "notice"), ("role", "status"));
                }
            });
            html.Element("noscript", () => html.Element("p", "The plots need JavaScript; the tables do not."));
            WriteContents(html);
            WriteMain(html);
            html.Element("footer", "Written by SparseHybrid. Plots by Apache ECharts (Apache License 2.0).");
            html.Raw("script", JsonOf(Results), ("type", "application/json"), ("id", "results"));
            html.Raw("script", Charts, ("type", "application/json"), ("id", "charts"));
            html.Raw("script", ReportAssets.PlottingLibrary);
            html.Raw("script", ReportAssets.Script);
            if (IsLive)
            {
                html.Raw("script", ReportAssets.LiveScript);
            }
        });
    }

    private void WriteMain(HtmlWriter html) => html.Element("main", () => Sections.ToList().ForEach(section => section.Write(html)));

    private void WriteContents(HtmlWriter html)
    {
        if (Sections.Count >= FewestForContents)
        {
            html.Element("nav", () => Sections.ToList().ForEach(section => html.Element("a", section.Heading, ("href", $"#{section.Anchor}"))));
        }
    }

    private static string JsonOf<T>(T value) => JsonSerializer.Serialize(value, Json);
}
