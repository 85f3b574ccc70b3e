namespace SparseHybrid.EndToEnd.Tests.Guide;

/// <summary>A fenced block of a page. What stands behind its language says how it is checked (docs/check explains the words).</summary>
/// <param name="Line">Line of the opening fence, counted from 1.</param>
/// <param name="Language">The first word behind the fence: sh, text, csharp, fsharp, json.</param>
/// <param name="Mark">The rest of that line.</param>
/// <param name="Text">What is inside, each line ended by a line feed.</param>
/// <param name="Given">What an HTML comment before the block gives to it, unseen by readers: definitions that a snippet takes for granted.</param>
public sealed record GuideBlock(int Line, string Language, string Mark, string Text, string Given)
{
    private const string Fence = "```";
    private const string GivenStart = "<!-- given";
    private const string GivenEnd = "-->";

    /// <summary>Whether it shows what the block before it printed.</summary>
    public bool IsPrinted => Language == "text" && Mark.StartsWith("printed", StringComparison.Ordinal);

    /// <summary>Whether it shows what differs between machines in more than numbers: it is brought up to date, not compared.</summary>
    public bool IsVarying => Mark.Split(' ').Contains("varies");

    /// <summary>Whether the whole check alone, with real data, runs or compares it.</summary>
    public bool IsForFullCheck => Mark.Split(' ').Contains("full");

    /// <summary>Whether nothing runs it; the mark then gives the reason.</summary>
    public bool IsNeverRun => Mark.StartsWith("never:", StringComparison.Ordinal);

    /// <summary>The exit status that its commands are to end with.</summary>
    public int ExitStatus => Mark.Split(' ').FirstOrDefault(word => word.StartsWith("exit=", StringComparison.Ordinal)) is { } word
        ? int.Parse(word["exit=".Length..], System.Globalization.CultureInfo.InvariantCulture)
        : 0;

    /// <summary>All blocks of a page, in order.</summary>
    public static IReadOnlyList<GuideBlock> Read(string markdown)
    {
        var lines = markdown.Split('\n');
        var blocks = new List<GuideBlock>();
        var given = "";
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(GivenStart, StringComparison.Ordinal))
            {
                given = Until(lines, ref i, GivenEnd);
            }
            else if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                var start = i;
                var words = lines[i][Fence.Length..].Trim().Split(' ', 2);
                blocks.Add(new GuideBlock(start + 1, words[0], words.ElementAtOrDefault(1) ?? "", Until(lines, ref i, Fence), given));
                given = "";
            }
        }

        return blocks;
    }

    // The lines after this one and before the one that ends them, at which i stands then.
    private static string Until(string[] lines, ref int i, string end)
    {
        var start = i;
        do
        {
            i++;
            Assert.True(i < lines.Length, $"Line {start + 1} opens what no '{end}' closes.");
        }
        while (lines[i] != end);
        return string.Concat(lines[(start + 1)..i].Select(line => line + "\n"));
    }
}
