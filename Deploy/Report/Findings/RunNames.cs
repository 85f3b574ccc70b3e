namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>What runs are called in a report.</summary>
internal static class RunNames
{
    /// <summary>For each folder the shortest end of its path that no other folder has; the same folder twice gets the same name.</summary>
    /// <param name="folders">Absolute paths.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> folders)
    {
        var parts = folders.Select(folder => folder.Split('/', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return [.. parts.Select(own => Enumerable.Range(1, own.Length)
            .Select(length => End(own, length))
            .FirstOrDefault(end => parts.TrueForAll(other => End(other, end.Split('/').Length) != end || other.SequenceEqual(own)), string.Join('/', own)))];
    }

    private static string End(string[] parts, int length) => string.Join('/', parts.TakeLast(length));
}
