using SparseHybrid.Models;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Models;

public sealed class DenseLayerTests
{
    [Fact]
    public void The_input_stays_and_new_channels_follow_it()
    {
        using var layer = new DenseLayer(inputs: 3, growth: 2);
        using var input = torch.randn([2, 3, 4, 4]);

        using var output = layer.call(input);

        using var kept = output.narrow(1, 0, 3).contiguous();
        using var appended = output.narrow(1, 3, 2);
        Assert.Equal([2, 5, 4, 4], output.shape);
        Assert.Equal(input.data<float>().ToArray(), kept.data<float>().ToArray());
        Assert.True(appended.abs().sum().item<float>() > 0);
        Assert.Equal(["bn1.weight", "bn1.bias", "conv1.weight"], layer.named_parameters().Select(item => item.Item1));
    }

    [Fact]
    public void New_channels_see_only_what_is_positive_after_the_norm()
    {
        using var layer = new DenseLayer(inputs: 3, growth: 2);
        init.constant_(layer.get_parameter("bn1.bias"), -100);
        using var input = torch.randn([2, 3, 4, 4]);

        using var output = layer.call(input);

        using var appended = output.narrow(1, 3, 2);
        Assert.Equal(0, appended.abs().sum().item<float>());
    }
}
