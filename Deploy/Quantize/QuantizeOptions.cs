using SparseHybrid.Optimizers;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>Settings of int8 quantisation. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record QuantizeOptions
{
    /// <summary>How ranges follow from the calibration samples. Default mean squared error.</summary>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.MeanSquaredError;

    /// <summary>With <see cref="CalibrationMethod.Percentile"/>: percent of the values inside the range, 50 to 100. Default 99.99.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>
    /// Bits of a weight, 7 or 8. Default 7: processors with AVX2 but without VNNI add products of two neighbours in 16 bits, where 8-bit
    /// weights can saturate, so that a model which agrees on one machine is wrong on another. 7-bit ones cannot.
    /// </summary>
    public int WeightBits { get; init; } = 7;

    /// <summary>Layers that stay float32: patterns of layer names, where * stands for any run of characters and ? for one. Default none.</summary>
    public IReadOnlyList<string> KeepFloat { get; init; } = [];

    /// <summary>
    /// Whether the layers that int8 costs most stay float32 as well, as few as it takes to reach the least agreement asked for. Default
    /// false. It needs a comparison, so <see cref="ModelQuantizer"/> alone ignores it.
    /// </summary>
    public bool KeepsFloatAsNeeded { get; init; }

    /// <summary>Most samples to calibrate on, evenly among those that there are, at least 1. Default 256.</summary>
    public int CalibrationSamples { get; init; } = 256;

    /// <summary>Calibration samples per run, at least 1. Default 16: every intermediate value of a batch is in memory at once.</summary>
    public int Batch { get; init; } = 16;

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            SettingProblem.UnlessDefined(nameof(Calibration), Calibration),
            SettingProblem.Unless(Percentile is >= 50 and <= 100, nameof(Percentile), Percentile, "50 to 100"),
            SettingProblem.Unless(WeightBits is 7 or 8, nameof(WeightBits), WeightBits, "7 or 8"),
            KeepFloat.All(pattern => !string.IsNullOrEmpty(pattern)) ? null : new SettingProblem(nameof(KeepFloat), "an empty pattern", "names of layers"),
            SettingProblem.Unless(CalibrationSamples >= 1, nameof(CalibrationSamples), CalibrationSamples, "at least 1"),
            SettingProblem.Unless(Batch >= 1, nameof(Batch), Batch, "at least 1"),
        ],
        "Settings are out of range");
}
