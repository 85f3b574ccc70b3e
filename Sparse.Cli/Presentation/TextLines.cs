namespace SparseHybrid.Cli.Presentation;

/// <summary>Breaks sentences into lines, at their blanks.</summary>
internal static class TextLines
{
    /// <summary>Lines no longer than a width; a word that is longer stays whole.</summary>
    /// <param name="text">Words with single blanks between them.</param>
    /// <param name="width">Characters in a line, above 0.</param>
    public static IEnumerable<string> Of(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
