using System.Text.RegularExpressions;

namespace SparseHybrid.EndToEnd.Tests.Guide;

/// <summary>Links of a page to other files and to their headings.</summary>
internal static partial class GuideLinks
{
    /// <summary>The targets of all links that stay within the repository.</summary>
    public static IEnumerable<string> Of(string markdown) =>
        Link().Matches(markdown).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>Whether the file is there, and the heading in it if the link names one.</summary>
    /// <param name="page">The page with the link.</param>
    /// <param name="link">The target.</param>
    public static bool Exists(string page, string link)
    {
        var parts = link.Split('#');
        var path = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        if (parts.Length == 1)
        {
            return Path.Exists(path);
        }

        return File.Exists(path) && File.ReadLines(path).Where(line => line.StartsWith('#')).Select(Anchor).Contains(parts[1]);
    }

    // As GitHub makes them: lower case, blanks become dashes, other marks go.
    private static string Anchor(string heading) => Marks().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Marks();
}
