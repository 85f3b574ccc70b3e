using SparseHybrid.Models;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Models;

public sealed class ResidualBlockTests
{
    [Fact]
    public void A_block_whose_last_norm_gives_zero_passes_the_positive_part_of_its_input_on()
    {
        using var block = new ResidualBlock(3, 3, stride: 1, downsample: null);
        init.zeros_(block.get_parameter("bn2.weight"));
        using var input = torch.randn([2, 3, 4, 4]);

        using var output = block.call(input);

        using var expected = input.relu();
        Assert.Equal(expected.data<float>().ToArray(), output.data<float>().ToArray());
    }

    [Fact]
    public void A_block_that_changes_the_shape_adds_what_the_shortcut_gives()
    {
        using var block = new ResidualBlock(2, 5, stride: 2, new PaddedShortcut(2, 5, stride: 2));
        init.zeros_(block.get_parameter("bn2.weight"));
        using var input = torch.rand([1, 2, 4, 4]); // positive: the ReLU changes nothing
        using var shortcut = new PaddedShortcut(2, 5, stride: 2).call(input);

        using var output = block.call(input);

        Assert.Equal(shortcut.data<float>().ToArray(), output.data<float>().ToArray());
    }

    [Fact]
    public void Names_are_those_of_torchvision()
    {
        using var block = new ResidualBlock(2, 4, stride: 2, Sequential(Conv2d(2, 4, kernel_size: 1, bias: false), BatchNorm2d(4)));

        string[] expected =
        [
            "conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias",
            "downsample.0.weight", "downsample.1.weight", "downsample.1.bias",
        ];
        Assert.Equal(expected, block.named_parameters().Select(item => item.Item1));
    }
}
