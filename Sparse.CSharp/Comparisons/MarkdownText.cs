using System.Text;

namespace SparseHybrid.Comparisons;

/// <summary>Paragraphs and tables of a Markdown file, one behind the other.</summary>
internal sealed class MarkdownText
{
    private readonly StringBuilder text = new();

    /// <summary>Each that is not empty, with a blank line behind it.</summary>
    public void Paragraphs(params string[] paragraphs)
    {
        foreach (var paragraph in paragraphs.Where(paragraph => paragraph.Length > 0))
        {
            text.Append(paragraph).Append("\n\n");
        }
    }

    /// <summary>A table whose first column is text, the others figures.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        Row(header);
        Row(header.Select((_, index) => index == 0 ? "---" : "---:"));
        foreach (var row in rows)
        {
            Row(row);
        }

        text.Append('\n');
    }

    /// <summary>The file.</summary>
    public override string ToString() => text.ToString().TrimEnd() + "\n";

    private void Row(IEnumerable<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
}
