namespace SparseHybrid.Kernels.Tests;

public sealed class ConvolutionGeometryTests
{
    [Theory]
    [InlineData(32, 3, 1, 1, 1, 32)]
    [InlineData(32, 3, 2, 1, 1, 16)]
    [InlineData(224, 7, 2, 3, 1, 112)]
    [InlineData(8, 3, 1, 0, 2, 4)]
    [InlineData(2, 3, 1, 0, 1, 0)] // the window does not fit
    [InlineData(2, 3, 1, 1, 1, 2)]
    public void Output_sizes_are_those_of_Conv(int size, int kernel, int stride, int pad, int dilation, int expected)
    {
        var geometry = new ConvolutionGeometry(4, 2, kernel, kernel, stride, stride, pad, pad, pad, pad, dilation, dilation);

        Assert.Equal(expected, geometry.OutputHeight(size));
        Assert.Equal(expected, geometry.OutputWidth(size));
        Assert.Equal(2 * kernel * kernel, geometry.WeightColumns);
    }
}
