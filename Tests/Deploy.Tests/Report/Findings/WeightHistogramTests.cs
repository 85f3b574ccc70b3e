using SparseHybrid.Deploy.Report.Findings;

namespace SparseHybrid.Deploy.Tests.Report.Findings;

public sealed class WeightHistogramTests
{
    [Fact]
    public void Every_weight_that_is_not_zero_is_counted_once_where_it_lies()
    {
        var histogram = Of(0, 0, -2, 2, 1e-9f, -0f, 1);
        Assert.Equal(2, histogram.Largest);
        Assert.Equal(4, histogram.Counts.Sum());
        Assert.Equal((1, 1, 1), (histogram.Counts[0], histogram.Counts[^1], histogram.Counts[WeightHistogram.Bins / 2]));
        Assert.Equal(1, histogram.Counts[(int)((1 + 2) / histogram.BinWidth)]);
    }

    [Fact]
    public void Layers_without_weights_left_and_numbers_that_are_not_finite_do_no_harm()
    {
        Assert.Equal((0, 0), (Of(0, 0).Largest, Of(0, 0).Counts.Sum()));
        Assert.Equal(1, Of(float.NaN, float.PositiveInfinity, 3).Counts.Sum());
        Assert.Equal(3, Of(float.NaN, float.NegativeInfinity, 3).Largest);
        Assert.Equal(2, Of(float.MaxValue, -float.MaxValue).Counts.Sum());
    }

    private static WeightHistogram Of(params float[] weights) => WeightHistogram.Of(new LayerWeights("fc", [1, weights.Length], weights));
}
