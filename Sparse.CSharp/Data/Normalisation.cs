namespace SparseHybrid.Data;

/// <summary>
/// How stored values become inputs of a network, channel by channel: (value / <see cref="Scale"/> - mean) / standard
/// deviation. Whoever runs the network elsewhere has to do the same.
/// </summary>
/// <param name="Mean">A mean for every channel, in the unit of value / scale.</param>
/// <param name="StandardDeviation">A standard deviation for every channel, each a finite number above 0.</param>
/// <param name="Scale">What stored values are divided by first: 255 for bytes, 1 for values that are numbers already.</param>
public sealed record Normalisation(IReadOnlyList<double> Mean, IReadOnlyList<double> StandardDeviation, double Scale = Normalisation.ByteScale)
{
    /// <summary>The scale of bytes: 0..255 becomes 0..1.</summary>
    public const double ByteScale = 255.0;

    /// <summary>Number of channels; for flat inputs the number of features.</summary>
    public int Channels => Mean.Count;

    /// <summary>Leaves values as they are.</summary>
    /// <param name="channels">How many channels, at least 1.</param>
    public static Normalisation None(int channels) => new(Enumerable.Repeat(0.0, channels).ToArray(), Enumerable.Repeat(1.0, channels).ToArray(), Scale: 1);

    /// <summary>The input that a stored value becomes.</summary>
    /// <param name="channel">Channel, counted from 0.</param>
    /// <param name="value">The value as it is stored.</param>
    public float Of(int channel, double value) => (float)((value / Scale - Mean[channel]) / StandardDeviation[channel]);

    /// <summary>What each byte of each channel becomes: 256 entries a channel.</summary>
    internal float[] ByteTables()
    {
        var tables = new float[256 * Channels];
        for (var i = 0; i < tables.Length; i++)
        {
            tables[i] = Of(i / 256, i % 256);
        }

        return tables;
    }

    /// <summary>Throws unless every number is as it must be.</summary>
    /// <param name="channels">Channels of the data.</param>
    /// <exception cref="ArgumentException">The counts differ, or a number is out of range.</exception>
    internal void Check(int channels)
    {
        if (Mean.Count != channels || StandardDeviation.Count != channels)
        {
            throw new ArgumentException(
                $"The data has {channels} channels, but there are {Mean.Count} means and {StandardDeviation.Count} standard deviations.");
        }

        if (!Mean.All(double.IsFinite) || !StandardDeviation.All(deviation => deviation > 0 && double.IsFinite(deviation)) || !(Scale > 0 && double.IsFinite(Scale)))
        {
            throw new ArgumentException("Means must be finite; standard deviations and the scale must be finite and above 0.");
        }
    }
}
