using System.Net;
using System.Text;

namespace SparseHybrid.Deploy.Report;

/// <summary>Writes HTML element by element. Every text and every attribute is escaped: nothing that a user chose can become markup.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder html = new();
    private readonly Stack<string> open = new();

    /// <summary>An element with contents, which <paramref name="contents"/> writes.</summary>
    public void Element(string tag, Action contents, params (string Name, string Value)[] attributes)
    {
        Begin(tag, attributes);
        contents();
        End();
    }

    /// <summary>An element with nothing but text.</summary>
    public void Element(string tag, string text, params (string Name, string Value)[] attributes) => Element(tag, () => Text(text), attributes);

    /// <summary>An element that has no contents and no end.</summary>
    public void Void(string tag, params (string Name, string Value)[] attributes)
    {
        Begin(tag, attributes);
        open.Pop();
        html.Append('\n');
    }

    /// <summary>Text.</summary>
    public void Text(string text) => html.Append(WebUtility.HtmlEncode(text));

    /// <summary>An element whose contents are not HTML and must not be escaped: script, style, or JSON that has been escaped as JSON.</summary>
    /// <exception cref="ArgumentException">The contents would end the element early.</exception>
    public void Raw(string tag, string contents, params (string Name, string Value)[] attributes)
    {
        if (contents.Contains($"</{tag}", StringComparison.OrdinalIgnoreCase) || contents.Contains("<!--", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The contents of <{tag}> hold what would end it.", nameof(contents));
        }

        Element(tag, () => html.Append(contents), attributes);
    }

    /// <summary>What has been written.</summary>
    public override string ToString() => html.ToString();

    private void Begin(string tag, (string Name, string Value)[] attributes)
    {
        html.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            html.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
        }

        html.Append('>');
        open.Push(tag);
    }

    private void End() => html.Append("</").Append(open.Pop()).Append(">\n");
}
