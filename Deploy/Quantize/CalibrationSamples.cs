namespace SparseHybrid.Deploy.Quantize;

/// <summary>Inputs that a model is run on to see the ranges of its values: typical ones, and never those it is tested on.</summary>
public sealed class CalibrationSamples
{
    /// <param name="values">The samples one after the other, each in row-major order; not copied.</param>
    /// <param name="count">How many samples these are.</param>
    /// <exception cref="ArgumentException">There are no samples, or the values do not divide evenly among them.</exception>
    /// <exception cref="QuantizationException">A value is not finite.</exception>
    public CalibrationSamples(float[] values, int count)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (count < 1 || values.Length == 0 || values.Length % count != 0)
        {
            throw new ArgumentException($"{values.Length} values cannot be {count} calibration samples; there must be at least one.", nameof(values));
        }

        if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var index)
        {
            throw new QuantizationException(
                "The calibration samples cannot be used.", $"Sample {index / (values.Length / count)} has the value {values[index]}.",
                "Calibrate on finite inputs.");
        }

        Values = values;
        Count = count;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The entries of one sample.</summary>
    public int ValuesPerSample => Values.Length / Count;

    internal float[] Values { get; }

    /// <summary>Some samples from the given one on, for one run.</summary>
    internal float[] Slice(int first, int count) => Values.AsSpan(first * ValuesPerSample, count * ValuesPerSample).ToArray();
}
