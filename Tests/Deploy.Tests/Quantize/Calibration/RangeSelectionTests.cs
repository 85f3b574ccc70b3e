using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Quantize.Calibration;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize.Calibration;

public class RangeSelectionTests
{
    [Fact]
    public void A_percentile_leaves_out_its_share_at_either_end()
    {
        var histogram = Histogram([.. Enumerable.Range(-1000, 2001).Select(value => value / 100f)]);

        var range = RangeSelection.Percentile(histogram, 90);

        Assert.Equal((-9f, 9f), (MathF.Round(range.Lowest, 1), MathF.Round(range.Highest, 1)));
    }

    [Fact]
    public void The_hundredth_percentile_is_the_whole_range()
    {
        var histogram = Histogram([-1, -0.5f, 0, 0.25f, 3]);

        Assert.Equal(new ValueRange(-1, 3), RangeSelection.Percentile(histogram, 100));
    }

    [Fact]
    public void A_percentile_of_mostly_zeros_still_holds_zero_and_what_else_is_seen_often()
    {
        var histogram = Histogram([.. new float[9000], .. Enumerable.Repeat(2f, 999), 100]);

        var range = RangeSelection.Percentile(histogram, 99.9);

        Assert.Equal(0, range.Lowest);
        Assert.InRange(range.Highest, 1.9f, 2.1f);
    }

    [Fact]
    public void Least_squares_saturate_a_lone_outlier_of_many_values()
    {
        var values = RandomFloats(new Random(1), 1_000_000);

        var (plain, withOutlier) = (RangeSelection.MeanSquaredError(Histogram(values)), RangeSelection.MeanSquaredError(Histogram([.. values, 20])));

        Assert.InRange(plain.Highest, 3.5f, 5.5f);
        Assert.InRange(withOutlier.Highest, plain.Highest, 12f);
        Assert.InRange(plain.Lowest, -5.5f, -3.5f);
    }

    [Fact]
    public void Least_squares_keep_the_ends_of_evenly_spread_values()
    {
        var range = RangeSelection.MeanSquaredError(Histogram([.. Enumerable.Range(1, 10_000).Select(value => value / 10_000f)]));

        Assert.Equal(0, range.Lowest);
        Assert.InRange(range.Highest, 0.98f, 1f);
    }

    [Fact]
    public void Nothing_but_zeros_has_the_range_of_zero()
    {
        var histogram = Histogram(new float[10]);

        Assert.Equal(new ValueRange(0, 0), RangeSelection.MeanSquaredError(histogram));
        Assert.Equal(new ValueRange(0, 0), RangeSelection.Percentile(histogram, 99));
    }

    private static ValueHistogram Histogram(float[] values)
    {
        var histogram = new ValueHistogram(ValueRange.Empty.With(values));
        histogram.Add(values);
        return histogram;
    }
}
