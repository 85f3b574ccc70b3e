using System.Globalization;

namespace SparseHybrid.Deploy.Report.Images;

/// <summary>An image within the page, enlarged pixel by pixel.</summary>
/// <param name="Title">What it shows; null: nothing stands above it.</param>
/// <param name="Caption">What stands below it.</param>
/// <param name="Description">What someone who does not see it is told.</param>
/// <param name="Png">A PNG file.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="WidestRem">How wide it may become, in units of the page's letters; null: as wide as the text.</param>
internal sealed record Picture(string? Title, string Caption, string Description, byte[] Png, int Width, int Height, double? WidestRem = null) : PageBlock
{
    internal override void Write(HtmlWriter html) => html.Element("figure", () =>
    {
        if (Title is not null)
        {
            html.Element("h4", Title);
        }

        html.Void(
            "img",
            ("src", $"data:image/png;base64,{Convert.ToBase64String(Png)}"),
            ("width", Text(Width)),
            ("height", Text(Height)),
            ("alt", Description),
            ("style", WidestRem is { } rem ? FormattableString.Invariant($"max-width: min(100%, {rem:0.##}rem)") : ""));
        html.Element("figcaption", Caption);
    }, ("class", "picture"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
