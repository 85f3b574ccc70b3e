namespace SparseHybrid.Cli.Doctor;

/// <summary>Native libraries that this process has mapped, by their real paths. Empty where there is no /proc.</summary>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The first mapped library whose file name starts with one of these, in this order; null if there is none.</summary>
    public static string? Find(params string[] prefixes)
    {
        var paths = Paths();
        return prefixes
            .SelectMany(prefix => paths.Where(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal)))
            .FirstOrDefault();
    }

    private static List<string> Paths() =>
        File.Exists(Maps)
            ? [.. File.ReadLines(Maps).Select(PathOf).OfType<string>().Distinct()]
            : [];

    private static string? PathOf(string line) =>
        line.IndexOf('/') is >= 0 and var start && line.Contains(".so", StringComparison.Ordinal) ? line[start..] : null;
}
