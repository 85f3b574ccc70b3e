using SparseHybrid.Deploy.Report.Findings;

namespace SparseHybrid.Deploy.Tests.Report.Findings;

public sealed class LayerMaskTests
{
    [Fact]
    public void A_small_weight_has_a_pixel_for_each_entry()
    {
        var mask = LayerMask.Of(new LayerWeights("fc", [2, 3], [0, 1, 0, 0, 0, 2]), mostPixels: 1000);
        Assert.Equal((3, 2, 1, 1), (mask.Width, mask.Height, mask.EntriesAcross, mask.EntriesDown));
    }

    [Theory]
    [InlineData(4096, 512)]
    [InlineData(16, 100_000)]
    [InlineData(3, 1)]
    public void However_large_the_weight_the_image_keeps_its_bounds_and_covers_it(int rows, int columns)
    {
        var mask = LayerMask.Of(new LayerWeights("fc", [rows, columns], new float[rows * columns]), mostPixels: 20_000);
        Assert.InRange(mask.Width * mask.Height, 1, 20_000);
        Assert.InRange(mask.Width, 1, 280);
        Assert.InRange(mask.Height, 1, 280);
        Assert.InRange(mask.Width * mask.EntriesAcross, columns, columns + mask.EntriesAcross - 1);
        Assert.InRange(mask.Height * mask.EntriesDown, rows, rows + mask.EntriesDown - 1);
    }
}
