namespace SparseHybrid.Kernels.Tests;

public sealed class ImageTilesTests
{
    [Theory]
    [InlineData(1, 20, 28, 64, true)] // the layers of LeNet-5
    [InlineData(20, 50, 12, 64, true)]
    [InlineData(20, 50, 12, 48, true)]
    [InlineData(20, 50, 12, 3, false)] // fewer images than any vector has lanes
    [InlineData(64, 64, 56, 16, false)] // no tile fits the cache
    public void Batches_of_small_maps_share_vectors(int channels, int outputs, int size, int batch, bool expected)
    {
        var geometry = new ConvolutionGeometry(channels, 1, 5, 5, PoolHeight: 2, PoolWidth: 2);

        Assert.Equal(expected, Plan(geometry, outputs, batch, size, 0.5).Tiles is not null);
    }

    [Fact]
    public void Many_of_the_shapes_that_the_property_tests_draw_run_in_tiles()
    {
        var drawn = Enumerable.Range(0, 1500).Select(seed => ConvolutionCase.Draw((seed * 4) + (int)VectorLevel.Vector256)).ToList();
        var tiles = drawn.Select(item => ConvolutionPlan.Best(
            SparseMatrix.FromDense(item.Weights, item.Outputs, item.Geometry.WeightColumns), item.Geometry, item.Batch, item.Height, item.Width, true, 8).Tiles)
            .OfType<ImageTiles>().ToList();

        Assert.InRange(tiles.Count, 200, 1300);
        Assert.Equal([1, 2, 4], tiles.Select(tile => tile.RunLength).Distinct().Order());
        Assert.Equal([4, 8], tiles.Select(tile => tile.Lanes).Distinct().Order());
        Assert.Contains(tiles, tile => tile.IsPlain);
        Assert.Contains(tiles, tile => tile.StripRows < tile.OutputRows);
    }

    [Fact]
    public void With_a_stride_the_columns_of_one_remainder_are_neighbours()
    {
        var geometry = new ConvolutionGeometry(1, 1, 1, 3, 1, 2, PadLeft: 1);
        var tiles = ImageTiles.Candidates(geometry, 1, 4, 1, 4, 4).Single();

        Assert.Equal([3, 1, 4, 2], tiles.Places); // columns 1 to 4 of the padded row, of which 0, 2 and 4 come first
        Assert.Equal([0, 12, 4], Enumerable.Range(0, 3).Select(column => tiles.OffsetOf(0, 0, column)));
    }

    private static ConvolutionPlan Plan(ConvolutionGeometry geometry, int outputs, int batch, int size, double zeros)
    {
        var weights = RandomMatrix.Dense(new Random(1), outputs * geometry.WeightColumns, zeros);
        return ConvolutionPlan.Best(SparseMatrix.FromDense(weights, outputs, geometry.WeightColumns), geometry, batch, size, size, true, 16);
    }
}
