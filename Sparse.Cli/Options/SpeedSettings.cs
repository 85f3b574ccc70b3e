using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Deploy.Comparisons;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say how size and speed of a comparison's networks are measured.</summary>
internal sealed class SpeedSettings
{
    private static readonly ComparisonMeasurementOptions Defaults = new();

    private readonly Option<bool> anew = new("--measure")
    {
        Description = "Measure size and speed of all networks anew. Default: off, which measures those that have not been measured yet.",
    };

    private readonly Option<bool> never = new("--no-measure")
    {
        Description = "Do not measure size and speed of the networks in the end; --resume does that later. Default: off.",
    };

    private readonly Setting<double> seconds = Settings.Real(
        "--measure-seconds",
        Defaults.SecondsPerModel,
        "Time to measure each form of a network at each batch, in seconds, above 0, and as long again for the dense network beside it. Default: 0.5.",
        value => value is > 0 and <= 3_600,
        "a number of seconds above 0, at most 3600");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [anew, never, seconds];

    /// <summary>How to measure; null: not at all.</summary>
    /// <exception cref="UsageException">Two options do not go together.</exception>
    public ComparisonMeasurementOptions? Read(ParseResult result) => (result.GetValue(anew), result.GetValue(never)) switch
    {
        (true, true) => throw new UsageException("--measure and --no-measure cannot be given together.", "Leave one of them out."),
        (_, true) => null,
        (var all, _) => Defaults with { Anew = all, SecondsPerModel = seconds.Read(result) },
    };
}
