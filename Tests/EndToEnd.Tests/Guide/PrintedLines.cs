using System.Text.RegularExpressions;

namespace SparseHybrid.EndToEnd.Tests.Guide;

/// <summary>Compares what a page shows with what was printed, numbers and the widths of tables apart: these depend on the machine.</summary>
public static partial class PrintedLines
{
    // They come and go with what else the machine does.
    private const string Warning = "warning";

    /// <summary>The first line of a page that nothing printed, in order, matches; null when there is none. More may have been printed.</summary>
    public static string? FirstMissing(string shown, string printed)
    {
        using var lines = Lines(printed).Select(Structure).GetEnumerator();
        return Lines(shown).Where(line => !line.StartsWith(Warning, StringComparison.Ordinal)).FirstOrDefault(line => !Reaches(lines, Structure(line)));
    }

    private static bool Reaches(IEnumerator<string> lines, string wanted)
    {
        while (lines.MoveNext())
        {
            if (lines.Current == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Where(line => line.Trim().Length > 0);

    /// <summary>A line with # for every number, and for its unit of bytes or time, and one blank for many and for the lines of tables.</summary>
    public static string Structure(string line) =>
        Blanks().Replace(Numbers().Replace(line, "#"), " ").Trim();

    [GeneratedRegex(@"(?<![\w.])[-+]?\d+(?:[ .,:]\d+)*(?:e[-+]?\d+)?(?: ?(?:kB|MB|GB|GiB|us|ms|s|min|x|%|k|M|G)\b|%)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"[\s─│┼┬┴├┤╭╮╰╯]+")]
    private static partial Regex Blanks();
}
