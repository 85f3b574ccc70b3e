namespace SparseHybrid.Cli.Processes;

/// <summary>How a process of this program ended that should have ended otherwise.</summary>
internal static class ChildEnd
{
    private const int Killed = 137;

    /// <summary>A sentence or two.</summary>
    public static string Describe(int exitStatus, string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var words = lines.Length > 0 ? $" Its last words: {lines[^1]}" : "";
        var killed = exitStatus == Killed ? ", killed by the system, perhaps for want of memory" : "";
        return $"Its process ended with status {exitStatus}{killed}.{words}";
    }
}
