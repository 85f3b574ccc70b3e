namespace SparseHybrid.Cli.Options;

/// <summary>What commands have in common that train a series of runs.</summary>
internal static class SeriesSettings
{
    /// <summary>Runs at the same time.</summary>
    public static Setting<long> Jobs() => Settings.Whole(
        "--jobs",
        Math.Min(2, Environment.ProcessorCount),
        "Runs at the same time, each a process of its own, 1 or more; it changes no result. Default: 2, or 1 on a machine with one processor.",
        least: 1,
        most: 1024);
}
