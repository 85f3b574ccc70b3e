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

/// <summary>A heading with what belongs under it.</summary>
/// <param name="Heading">Plain text.</param>
/// <param name="Blocks">Its parts.</param>
public sealed record Section(string Heading, IReadOnlyList<PageBlock> Blocks) : PageBlock
{
    internal override IEnumerable<Chart> Charts => Blocks.SelectMany(block => block.Charts);

    internal override void Write(HtmlWriter html) => html.Element("section", () =>
    {
        html.Element("h2", Heading);
        foreach (var block in Blocks)
        {
            block.Write(html);
        }
    });
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
