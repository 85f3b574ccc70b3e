using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class ConvolutionTests
{
    [Fact]
    public void Conv2d_slides_the_kernel_over_the_image()
    {
        using DisposeScope scope = NewDisposeScope();
        using Conv2d layer = torch.nn.Conv2d(1, 1, 2, dtype: float64);
        layer.weight = torch.nn.Parameter(Shaped([1, 1, 2, 2], 1, 2, 3, 4));
        layer.bias = torch.nn.Parameter(Vector(100));

        AssertClose([127, 137, 157, 167], layer.forward(Counting(1, 1, 3, 3)));
    }

    [Fact]
    public void Stride_dilation_and_groups_are_those_of_the_definition()
    {
        using DisposeScope scope = NewDisposeScope();
        using Conv1d layer = torch.nn.Conv1d(2, 2, 2, stride: 2, dilation: 3, groups: 2, bias: false, dtype: float64);
        layer.weight = torch.nn.Parameter(Shaped([2, 1, 2], 1, 10, 1, 100));

        // Channel 0 holds 0..7, channel 1 holds 8..15: x[i] + 10 x[i + 3] and x[i] + 100 x[i + 3], i = 0, 2, 4.
        AssertClose([30, 52, 74, 1108, 1310, 1512], layer.forward(Counting(1, 2, 8)));
    }

    [Fact]
    public void Same_padding_keeps_the_size_and_puts_the_odd_entry_at_the_far_side()
    {
        using DisposeScope scope = NewDisposeScope();
        using Conv2d layer = torch.nn.Conv2d(1, 1, 2, Padding.Same, bias: false, dtype: float64);
        layer.weight = torch.nn.Parameter(Shaped([1, 1, 2, 2], 1, 2, 3, 4));

        Assert.Null(layer.padding);
        Assert.Equal(Padding.Same, layer.padding_type);
        AssertClose([34, 44, 54, 24, 74, 84, 94, 40, 114, 124, 134, 56, 38, 41, 44, 15], layer.forward(Counting(1, 1, 4, 4)));
    }

    // From PyTorch 1.13: Conv2d(1, 1, 3, padding=1, padding_mode=...) with weights 0..8 on the image 0..15.
    [Theory]
    [InlineData(PaddingModes.Reflect, new double[] { 120, 138, 174, 180, 240, 258, 294, 300, 384, 402, 438, 444, 360, 378, 414, 420 })]
    [InlineData(PaddingModes.Replicate, new double[] { 99, 126, 162, 183, 231, 258, 294, 315, 375, 402, 438, 459, 435, 462, 498, 519 })]
    [InlineData(PaddingModes.Circular, new double[] { 162, 162, 198, 174, 258, 258, 294, 270, 402, 402, 438, 414, 210, 210, 246, 222 })]
    public void Padding_modes_are_those_of_PyTorch(PaddingModes mode, double[] expected)
    {
        using DisposeScope scope = NewDisposeScope();
        using Conv2d layer = torch.nn.Conv2d(1, 1, 3, padding: 1, padding_mode: mode, bias: false, dtype: float64);
        layer.weight = torch.nn.Parameter(Counting(1, 1, 3, 3));

        AssertClose(expected, layer.forward(Counting(1, 1, 4, 4)));
    }

    [Fact]
    public void Padding_per_dimension_goes_to_its_own_dimension_in_every_mode()
    {
        using DisposeScope scope = NewDisposeScope();
        // From PyTorch 1.13: Conv2d(1, 1, (2, 4), padding="same", padding_mode="replicate"), weights 0..7, image 0..15.
        using Conv2d layer = torch.nn.Conv2d(1, 1, (2, 4), Padding.Same, padding_mode: PaddingModes.Replicate, bias: false, dtype: float64);
        layer.weight = torch.nn.Parameter(Counting(1, 1, 2, 4));

        AssertClose([116, 140, 158, 168, 228, 252, 270, 280, 340, 364, 382, 392, 364, 388, 406, 416], layer.forward(Counting(1, 1, 4, 4)));
    }

    [Fact]
    public void Settings_can_be_read_back()
    {
        using Conv2d layer = torch.nn.Conv2d(4, 6, (3, 5), stride: (2, 1), padding: (1, 2), dilation: (1, 3), groups: 2);

        Assert.Equal((4L, 6L, 2L), (layer.in_channels, layer.out_channels, layer.groups));
        Assert.Equal([3, 5], layer.kernel_size);
        Assert.Equal([2, 1], layer.stride);
        Assert.Equal([1, 2], layer.padding);
        Assert.Equal([1, 3], layer.dilation);
        Assert.Equal(PaddingModes.Zeros, layer.padding_mode);
        Assert.False(layer.transposed);
        Assert.Equal([6, 2, 3, 5], layer.weight.shape);
        Assert.Equal([6], layer.bias.shape);
    }

    [Fact]
    public void Wrong_settings_and_inputs_are_refused_with_the_numbers()
    {
        Assert.Contains("5", Assert.Throws<ArgumentException>(() => torch.nn.Conv2d(5, 4, 3, groups: 2)).Message);
        Assert.Throws<ArgumentException>(() => torch.nn.Conv2d(4, 4, 3, Padding.Same, stride: 2));
        using Conv2d layer = torch.nn.Conv2d(3, 4, 3);
        using Tensor input = ones(1, 2, 8, 8);
        ExternalException error = Assert.Throws<ExternalException>(() => layer.forward(input));
        Assert.Contains("[1, 2, 8, 8]", error.Message);
        layer.stride = [1, 1, 1];
        Assert.Contains("[1, 1, 1]", Assert.Throws<ArgumentException>(() => layer.forward(input)).Message);
    }
}
