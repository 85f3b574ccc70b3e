using SparseHybrid.Deploy.Report.Findings;

namespace SparseHybrid.Deploy.Tests.Report.Findings;

public sealed class FilterSheetTests
{
    [Fact]
    public void Units_of_a_linear_layer_look_like_their_inputs_and_dead_ones_are_left_out()
    {
        float[] weights = [.. new float[6], 0, 1, 0, 0, 0, 0, .. new float[6], 0, 0, 0, 0, 0, -1];
        var sheet = FilterSheet.Of(new LayerWeights("fc1", [4, 6], weights), [1, 2, 3])!;
        Assert.Equal((2, 2, 4, 1), (sheet.Shown, sheet.Alive, sheet.Total, sheet.Channels));
        Assert.Equal((2 * 4 + 1, 3 + 1), (sheet.Width, sheet.Height)); // two images of 3 x 2 with lines around them
        Assert.Equal(1, sheet.FullColour);
    }

    [Fact]
    public void Filters_of_a_convolution_have_an_image_for_each_channel()
    {
        var sheet = FilterSheet.Of(new LayerWeights("conv1", [100, 3, 5, 5], [.. Enumerable.Repeat(0.5f, 7500)]), [3, 32, 32])!;
        Assert.Equal((21, 100, 3), (sheet.Shown, sheet.Alive, sheet.Channels));
        Assert.Equal(6 * 6 + 1, sheet.Width); // two filters a row
    }

    [Theory]
    [InlineData(new long[] { 4, 6 }, new long[] { 1, 1, 5 })] // not what the inputs are
    [InlineData(new long[] { 4, 6 }, new long[] { 6 })] // no images
    [InlineData(new long[] { 4, 6, 1, 1 }, new long[] { 6, 8, 8 })] // single pixels
    public void Weights_that_are_no_images_have_no_sheet(long[] shape, long[] inputShape) =>
        Assert.Null(FilterSheet.Of(new LayerWeights("layer", shape, [.. Enumerable.Repeat(1f, 24)]), inputShape));

    [Fact]
    public void A_layer_that_is_dead_altogether_has_no_sheet() =>
        Assert.Null(FilterSheet.Of(new LayerWeights("fc1", [2, 4], new float[8]), [1, 2, 2]));
}
