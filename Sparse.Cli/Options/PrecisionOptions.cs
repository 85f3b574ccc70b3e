using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say what weights and values of a written model are, and how int8 comes about.</summary>
internal sealed class PrecisionOptions
{
    private static readonly QuantizeOptions Defaults = new();

    private readonly Setting<Precision> precision = Settings.Choice(
        "--precision",
        Precision.Float32,
        "fp32; int8 computes with 8-bit integers, a quarter of the file and mostly faster on processors; fp16 stores weights as float16 and "
            + "computes in float32, half the file and the same speed on processors; fp16-compute computes in float16, for GPUs. "
            + "With the forms sparse-kernels and auto: how the kernels' weights are stored, which compute in float32 always. Default: fp32.",
        [.. Enum.GetValues<Precision>().Select(value => (ModelPrecision.NameOf(value), value))]);

    private readonly Setting<string?> calibration;

    private readonly Setting<long> samples = Settings.Whole(
        "--calibration-samples", Defaults.CalibrationSamples,
        $"Most samples that int8 is calibrated on, 1 or more. Default: {Defaults.CalibrationSamples}.", least: 1);

    private readonly Setting<CalibrationMethod> method = Settings.Choice(
        "--calibration-method",
        Defaults.Calibration,
        "How int8 ranges follow from the samples: mse (least squared error), min-max, or percentile (99.99 % of the values inside). Default: mse.",
        ("mse", CalibrationMethod.MeanSquaredError),
        ("min-max", CalibrationMethod.MinMax),
        ("percentile", CalibrationMethod.Percentile));

    private readonly Setting<long> weightBits = Settings.Whole(
        "--weight-bits", Defaults.WeightBits,
        "Bits of int8 weights, 7 or 8. 7 give the same results on all x86 processors; 8 are more exact and right where every processor that "
            + $"runs the model has VNNI. Default: {Defaults.WeightBits}.",
        least: 7, most: 8);

    private readonly Setting<string?> keepFloat = Settings.Place(
        "--keep-float", "LAYERS",
        "With int8: layers that stay float32, names or patterns with * and ? joined by commas, or auto: as few as --least-agreement needs, those "
            + "that int8 costs most. Default: none; first and last layers are quantised as well.");

    private readonly Setting<double> leastAgreement = Settings.Real(
        "--least-agreement", new OptimizeOptions().LeastAgreement,
        "Least share of samples on which a model of lower precision has to choose the same class as the original, 0 to 1, where it classifies. "
            + $"Default: {new OptimizeOptions().LeastAgreement}.",
        value => value is >= 0 and <= 1, "a number from 0 to 1");

    /// <param name="calibrationDefault">What int8 is calibrated on when nothing is said, a sentence.</param>
    public PrecisionOptions(string calibrationDefault) => calibration = Settings.Place(
        "--calibration", "SAMPLES",
        "What int8 is calibrated on: a .npy or .npz file of typical inputs, scaled as in training, or the training images of "
            + $"{OpenSamples.DataSets}. {calibrationDefault}");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [precision, calibration, samples, method, weightBits, keepFloat, leastAgreement];

    public Precision Read(ParseResult result) => precision.Read(result);

    /// <summary>Reads the calibration samples; null where int8 is not asked for or nothing was said. Dispose what comes back.</summary>
    /// <exception cref="UsageException">An option of int8 without int8.</exception>
    public OpenSamples? Open(ParseResult result)
    {
        if (Read(result) == Precision.Int8)
        {
            return calibration.Read(result) is { } name ? OpenSamples.Open(name, isTraining: true, samples.Read(result)) : null;
        }

        var idle = new[] { calibration.Given(result), samples.Given(result), method.Given(result), weightBits.Given(result), keepFloat.Given(result) }
            .FirstOrDefault(given => given.Length > 0);
        return idle is null ? null : throw new UsageException($"'{idle}' has no effect without --precision int8.", "Leave it out, or ask for int8.");
    }

    /// <summary>The settings with these in place.</summary>
    public T Apply<T>(ParseResult result, T options, OpenSamples? opened)
        where T : VerifiedModelOptions => options with
        {
            Precision = Read(result),
            Calibration = opened?.Source,
            LeastAgreement = leastAgreement.Read(result),
            Quantization = Defaults with
            {
                Calibration = method.Read(result),
                CalibrationSamples = (int)samples.Read(result),
                WeightBits = (int)weightBits.Read(result),
                KeepsFloatAsNeeded = keepFloat.Read(result) == Automatic,
                KeepFloat = keepFloat.Read(result) is { } layers and not Automatic ? layers.Split(',', StringSplitOptions.RemoveEmptyEntries) : [],
            },
        };

    private const string Automatic = "auto";
}
