namespace SparseHybrid.Deploy.Quantize.Calibration;

/// <summary>How often a value was where in its range. Exact zeros are counted apart: their code is exact whatever the range.</summary>
internal sealed class ValueHistogram(ValueRange range)
{
    public const int BinCount = 2048;

    private readonly long[] counts = new long[BinCount];
    private readonly double binWidth = ((double)range.Highest - range.Lowest) / BinCount;

    public ValueRange Range => range;

    /// <summary>How many entries were exactly zero.</summary>
    public long Zeros { get; private set; }

    /// <summary>How many entries were anything else.</summary>
    public long Others { get; private set; }

    /// <summary>Entries other than zero in each bin, the lowest bin first.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>The middle of a bin.</summary>
    public double Centre(int bin) => range.Lowest + (bin + 0.5) * binWidth;

    public void Add(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (value == 0)
            {
                Zeros++;
                continue;
            }

            Others++;
            counts[binWidth > 0 ? (int)Math.Clamp((value - range.Lowest) / binWidth, 0, BinCount - 1) : 0]++;
        }
    }
}
