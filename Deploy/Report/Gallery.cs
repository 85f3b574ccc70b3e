namespace SparseHybrid.Deploy.Report;

/// <summary>Blocks side by side, as many in a row as there is room for.</summary>
/// <param name="Blocks">In order.</param>
/// <param name="Kind">Names their size in report.css: "pair", "layers", "masks" or "thumbnails".</param>
internal sealed record Gallery(IReadOnlyList<PageBlock> Blocks, string Kind) : PageBlock
{
    internal override IEnumerable<Chart> Charts => Blocks.SelectMany(block => block.Charts);

    internal override void Write(HtmlWriter html) => html.Element("div", () => Blocks.ToList().ForEach(block => block.Write(html)), ("class", Kind));
}
