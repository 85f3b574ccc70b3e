using System.CommandLine;
using SparseHybrid.Data;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say on what two models are compared, and how strictly.</summary>
internal sealed class SampleOptions
{
    private static readonly OptimizeOptions Defaults = new();

    private readonly Setting<string?> input = Settings.Place(
        "--input",
        "SAMPLES",
        "What the models are compared on: a .npy or .npz file (with several inputs: an array of the name of each), or the test images of "
            + $"{OpenSamples.DataSets}. Default: the samples of --calibration, else random numbers.");

    private readonly Setting<long> samples = Settings.Whole(
        "--samples",
        0,
        "How many samples to compare. Default: all of --input, at most 1000; of random ones as many as the batch sizes have together.",
        least: 1);

    private readonly Setting<double> tolerance = Settings.Real(
        "--tolerance",
        0,
        "Largest accepted difference of an output, as a share of its largest entry, 0 or more. Default: 1e-4, with fp16 0.01, with int8 0.2.",
        value => value >= 0,
        "a number of 0 or more");

    private readonly Setting<long> seed = Settings.Whole("--seed", 1, "Seed of the random samples, 0 or more. Default: 1.", least: 0);

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [input, samples, tolerance, seed];

    /// <summary>Reads the samples. Dispose what comes back once they are no longer needed.</summary>
    /// <param name="result">What the user said.</param>
    /// <param name="fallback">What to take when the user names no samples and no seed; null: random ones.</param>
    /// <exception cref="DataException">They cannot be read.</exception>
    public OpenSamples Open(ParseResult result, OpenSamples? fallback)
    {
        var name = input.Read(result);
        if (name is null)
        {
            return fallback ?? new OpenSamples(SampleSource.Random((int)seed.Read(result)), null);
        }

        return OpenSamples.Open(name, isTraining: false, samples.IsGiven(result) ? samples.Read(result) : 1000);
    }

    /// <summary>The settings with these in place.</summary>
    public OptimizeOptions Apply(ParseResult result, OptimizeOptions options) => options with
    {
        Samples = samples.IsGiven(result) ? (int)samples.Read(result) : options.Samples,
        Tolerance = tolerance.IsGiven(result) ? tolerance.Read(result) : options.Tolerance,
    };
}
