namespace SparseHybrid.Kernels.Tests;

public sealed unsafe class SmallMapProductTests
{
    public static TheoryData<int, int, int, int, int, int, int> Layers => new()
    {
        // channels, group, outputs, size, stride, pool, batch
        { 256, 1, 160, 2, 1, 1, 1 },
        { 256, 1, 160, 2, 1, 1, 2 },
        { 256, 1, 160, 2, 1, 2, 2 },
        { 512, 2, 160, 2, 1, 1, 1 },
        { 256, 1, 160, 4, 2, 1, 1 },
        { 256, 1, 160, 1, 1, 1, 2 },
        { 256, 1, 160, 3, 2, 2, 1 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Maps_of_a_few_pixels_give_what_the_definition_gives(int channels, int group, int outputs, int size, int stride, int pool, int batch)
    {
        var geometry = new ConvolutionGeometry(channels, group, 3, 3, stride, stride, 1, 1, 1, 1, 1, 1, pool, pool);
        var drawn = new ConvolutionCase(geometry, outputs, batch, size, size, 0.9, true, true, 1); // a case to which nothing is added
        var (input, expected) = (drawn.Input, drawn.Expected(drawn.Input));
        foreach (var level in new[] { VectorLevel.Vector256, VectorLevel.Vector512 })
        {
            var actual = drawn.Run(drawn.Kernel(level), input, SerialParallel.Instance);

            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-4 * (1 + Math.Abs(pair.First))));
        }
    }

    [Theory]
    [InlineData(2, 1, VectorLevel.Vector512, true)]
    [InlineData(2, 1, VectorLevel.Vector256, true)]
    [InlineData(2, 1, VectorLevel.Vector128, false)] // no window to pick from
    [InlineData(2, 4, VectorLevel.Vector512, false)] // samples enough to fill a vector
    [InlineData(4, 1, VectorLevel.Vector512, false)] // pixels enough
    internal void A_product_takes_the_place_of_a_convolution_where_it_is_faster(int size, int batch, VectorLevel level, bool expected)
    {
        if (level > VectorLevels.Best)
        {
            return; // this processor has no such windows, and no product is made of what it does not have
        }

        var geometry = new ConvolutionGeometry(256, 1, 3, 3, 1, 1, 1, 1, 1, 1);
        var drawn = new ConvolutionCase(geometry, 160, batch, size, size, 0.9, false, false, 1);
        var weights = SparseMatrix.FromDense(drawn.Weights, 160, geometry.WeightColumns);
        var plan = ConvolutionPlan.Best(weights, geometry, batch, size, size, true, level == VectorLevel.Vector512 ? 16 : level == VectorLevel.Vector256 ? 8 : 4);

        Assert.Equal(expected, SmallMapProduct.Suits(weights, geometry, batch, size, size, level, plan.Cycles));
    }
}
