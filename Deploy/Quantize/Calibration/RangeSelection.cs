namespace SparseHybrid.Deploy.Quantize.Calibration;

/// <summary>The range to quantise a value with, from how often it was where.</summary>
internal static class RangeSelection
{
    private const int Candidates = 128; // for either end, evenly spaced from zero to the end that was seen
    private const int Steps = byte.MaxValue;

    /// <summary>The range without a share of the entries at either end, half of it at each; zero stays inside.</summary>
    /// <param name="histogram">The entries.</param>
    /// <param name="percent">Percent of the entries that stay inside, 50 to 100.</param>
    public static ValueRange Percentile(ValueHistogram histogram, double percent)
    {
        var outside = (1 - percent / 100) / 2 * (histogram.Zeros + histogram.Others);
        var lowest = EndAfter(histogram, outside, Enumerable.Range(0, ValueHistogram.BinCount), bin => histogram.Centre(bin) < 0);
        var highest = EndAfter(
            histogram, outside, Enumerable.Range(0, ValueHistogram.BinCount).Reverse(), bin => histogram.Centre(bin) > 0);
        return new ValueRange((float)Math.Min(0, lowest ?? histogram.Range.Lowest), (float)Math.Max(0, highest ?? histogram.Range.Highest));
    }

    /// <summary>
    /// The range with the least expected squared error: scale^2 / 12 for an entry inside, the squared distance to the nearer end for
    /// one outside, none for an exact zero.
    /// </summary>
    public static ValueRange MeanSquaredError(ValueHistogram histogram)
    {
        var (lowest, highest) = (Math.Min(0.0, histogram.Range.Lowest), Math.Max(0.0, histogram.Range.Highest));
        // One end, then the other, then the first again: the ends only meet in the width of a step.
        var upper = Best(highest, end => Error(histogram, lowest, end));
        var lower = Best(lowest, end => Error(histogram, end, upper));
        upper = Best(highest, end => Error(histogram, lower, end));
        return new ValueRange((float)lower, (float)upper);
    }

    private static double? EndAfter(ValueHistogram histogram, double outside, IEnumerable<int> bins, Predicate<int> isOnThisSide)
    {
        var passed = 0L;
        foreach (var bin in bins.TakeWhile(bin => isOnThisSide(bin)))
        {
            passed += histogram.Counts[bin];
            if (passed > outside)
            {
                return passed == histogram.Counts[bin] ? null : histogram.Centre(bin); // nothing is left out: the end itself
            }
        }
        return 0;
    }

    private static double Best(double end, Func<double, double> error) =>
        end == 0 ? 0 : Enumerable.Range(1, Candidates).Select(part => end * part / Candidates).MinBy(error);

    private static double Error(ValueHistogram histogram, double lowest, double highest)
    {
        var step = (highest - lowest) / Steps;
        var rounding = step * step / 12;
        var sum = 0.0;
        for (var bin = 0; bin < ValueHistogram.BinCount; bin++)
        {
            if (histogram.Counts[bin] > 0)
            {
                var centre = histogram.Centre(bin);
                var outside = centre - Math.Clamp(centre, lowest, highest);
                sum += histogram.Counts[bin] * (outside == 0 ? rounding : outside * outside);
            }
        }
        return sum;
    }
}
