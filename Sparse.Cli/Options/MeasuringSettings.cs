namespace SparseHybrid.Cli.Options;

/// <summary>Options that the commands under <c>bench</c> share.</summary>
internal static class MeasuringSettings
{
    /// <param name="what">Whose threads, to follow "Threads".</param>
    /// <param name="fallback">The number when the option is not given.</param>
    public static Setting<long> Threads(string what, int fallback) =>
        Settings.Whole("--threads", fallback, $"Threads {what}. Default: {fallback}.", least: 1, most: 1024);

    /// <param name="fallback">The number when the option is not given.</param>
    public static Setting<long> Rounds(int fallback) =>
        Settings.Whole("--rounds", fallback, $"Turns that are timed, 1 or more. Default: {fallback}.", least: 1, most: 10_000);

    /// <param name="fallback">The number when the option is not given.</param>
    public static Setting<long> Batch(int fallback) =>
        Settings.Whole("--batch", fallback, $"Images in a training step, 1 or more. Default: {fallback}.", least: 1, most: 100_000);
}
