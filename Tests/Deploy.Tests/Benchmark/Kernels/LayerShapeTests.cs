using SparseHybrid.Deploy.Benchmark.Kernels;

namespace SparseHybrid.Deploy.Tests.Benchmark.Kernels;

public sealed class LayerShapeTests
{
    [Theory]
    [InlineData("fc:300x100", 30_000, 1)]
    [InlineData("conv:64x128x3x3@32x32", 64 * 128 * 9, 32 * 32)]
    [InlineData("conv:3x64x7x7@224x224/2", 3 * 64 * 49, 112 * 112)]
    [InlineData("conv:16x8x1x2@5x6", 16 * 8 * 2, 5 * 7)]
    public void Layers_are_read_as_they_are_written(string text, int weights, int places)
    {
        var shape = LayerShape.Parse(text);

        Assert.NotNull(shape);
        Assert.Equal(text, shape.ToString());
        Assert.Equal((weights, places), (shape.Weights, shape.Places));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fc:")]
    [InlineData("fc:10")]
    [InlineData("fc:10x0")]
    [InlineData("fc:10x10x10")]
    [InlineData("fc:1000000x1000000")]
    [InlineData("conv:3x4x3x3")]
    [InlineData("conv:3x4x3@8x8")]
    [InlineData("conv:3x4x3x3@8")]
    [InlineData("conv:3x4x3x3@8x8/0")]
    [InlineData("conv:3x4x3x3@8x8/2/2")]
    [InlineData("conv:3x4x3x3@100000x100000")]
    [InlineData("pool:2x2")]
    public void Anything_else_is_no_layer(string text) => Assert.Null(LayerShape.Parse(text));

    [Fact]
    public void Nine_layers_are_timed_unless_others_are_named() => Assert.Equal(9, LayerShape.Usual.Distinct().Count());
}
