namespace SparseHybrid.Deploy.Report;

/// <summary>A part of a page.</summary>
public abstract record PageBlock
{
    internal abstract void Write(HtmlWriter html);

    /// <summary>The charts in this part.</summary>
    internal virtual IEnumerable<Chart> Charts => [];
}

/// <summary>A paragraph of text.</summary>
/// <param name="Text">Plain text.</param>
public sealed record Paragraph(string Text) : PageBlock
{
    internal override void Write(HtmlWriter html) => html.Element("p", Text);
}

/// <summary>A heading within a section.</summary>
/// <param name="Text">Plain text.</param>
internal sealed record Heading(string Text) : PageBlock
{
    internal override void Write(HtmlWriter html) => html.Element("h3", Text);
}

/// <summary>A heading with what belongs under it.</summary>
/// <param name="Heading">Plain text.</param>
/// <param name="Blocks">Its parts.</param>
public sealed record Section(string Heading, IReadOnlyList<PageBlock> Blocks) : PageBlock
{
    internal override IEnumerable<Chart> Charts => Blocks.SelectMany(block => block.Charts);

    /// <summary>The heading as part of an address: lower case, words joined by hyphens, and no id of a chart.</summary>
    internal string Anchor => "section-" + string.Join('-', Heading.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));

    internal override void Write(HtmlWriter html) => html.Element("section", () =>
    {
        html.Element("h2", Heading);
        foreach (var block in Blocks)
        {
            block.Write(html);
        }
    }, ("id", Anchor));
}

/// <summary>A part of a section that can be folded; it holds no charts, which are not drawn while they are folded away.</summary>
/// <param name="Heading">Plain text.</param>
/// <param name="Blocks">Its parts.</param>
/// <param name="IsOpen">Is it unfolded at first?</param>
internal sealed record Fold(string Heading, IReadOnlyList<PageBlock> Blocks, bool IsOpen) : PageBlock
{
    internal override void Write(HtmlWriter html) => html.Element("details", () =>
    {
        html.Element("summary", Heading);
        Blocks.ToList().ForEach(block => block.Write(html));
    }, [("class", "part"), .. IsOpen ? [("open", "")] : Array.Empty<(string, string)>()]);
}

/// <summary>Sentences that stand one below the other.</summary>
/// <param name="Heading">What they are about.</param>
/// <param name="Lines">Plain text; blanks at the beginning of a line stay.</param>
internal sealed record Notes(string Heading, IReadOnlyList<string> Lines) : PageBlock
{
    internal override void Write(HtmlWriter html)
    {
        html.Element("h3", Heading);
        html.Element("ul", () => Lines.ToList().ForEach(line => html.Element("li", line, ("class", line.StartsWith(' ') ? "detail" : ""))), ("class", "remarks"));
    }
}

/// <summary>A file as it was written, folded away; it is left out on paper.</summary>
/// <param name="Heading">Plain text.</param>
/// <param name="Text">What the file holds.</param>
internal sealed record SourceText(string Heading, string Text) : PageBlock
{
    internal override void Write(HtmlWriter html) => html.Element("details", () =>
    {
        html.Element("summary", Heading);
        html.Element("pre", Text);
    }, ("class", "source"));
}

/// <summary>Names with their values: settings, machine.</summary>
/// <param name="Items">In order.</param>
public sealed record Facts(IReadOnlyList<(string Name, string Value)> Items) : PageBlock
{
    internal override void Write(HtmlWriter html) => html.Element("dl", () =>
    {
        foreach (var (name, value) in Items)
        {
            html.Element("div", () =>
            {
                html.Element("dt", name);
                html.Element("dd", value);
            });
        }
    });
}
