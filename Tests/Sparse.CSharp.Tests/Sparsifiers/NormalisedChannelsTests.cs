using SparseHybrid.Models;
using SparseHybrid.Sparsifiers;
using SparseHybrid.Tests.Support;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class NormalisedChannelsTests
{
    [Fact]
    public void A_norm_in_a_chain_has_the_layer_before_it_and_the_next_one_that_reads_channels()
    {
        using var model = PruningRuns.Network();

        Assert.Equal(["norm1: conv1 conv2", "norm2: conv2 fc"], Describe(model));
    }

    [Fact]
    public void In_residual_networks_the_channels_of_a_sum_have_no_reader()
    {
        using var model = ModelCatalog.Create("resnet-20", 10, [1, 8, 8]);

        var found = Describe(model).ToList();

        Assert.Equal(19, found.Count);
        Assert.Equal("bn1: conv1 -", found[0]);
        Assert.Equal("layer1.0.bn1: layer1.0.conv1 layer1.0.conv2", found[1]);
        Assert.Equal("layer1.0.bn2: layer1.0.conv2 -", found[2]);
    }

    [Fact]
    public void In_densely_connected_networks_a_norm_reads_many_layers_and_one_reads_it()
    {
        using var model = ModelCatalog.Create("densenet-40-12", 10, [1, 8, 8]);

        var found = Describe(model).ToList();

        Assert.Equal("dense1.0.bn1: - dense1.0.conv1", found[0]);
        Assert.Contains("trans1.bn1: - trans1.conv1", found);
        Assert.Equal("bn: - fc", found[^1]);
    }

    [Fact]
    public void Nothing_is_known_of_a_module_that_does_not_tell()
    {
        using var model = new Untold();

        Assert.Equal(["norm: - -"], Describe(model));
    }

    [Fact]
    public void Masks_follow_channels_through_a_flattening_and_into_depthwise_convolutions()
    {
        using var scope = torch.NewDisposeScope();
        var kept = torch.tensor(new float[] { 1, 0, 1 });

        Assert.Equal([1, 1, 0, 0, 1, 1], NormalisedChannels.InputMask(kept, torch.ones(1, 6)).data<float>().ToArray());
        Assert.Equal([1, 0, 1, 1, 0, 1], NormalisedChannels.InputMask(kept, torch.ones(2, 3, 1, 1)).data<float>().ToArray());
        Assert.Equal([1, 1, 0, 0, 1, 1], NormalisedChannels.InputMask(kept, torch.ones(3, 1, 1, 2)).data<float>().ToArray());
        Assert.Equal([1, 1, 0, 0, 1, 1], NormalisedChannels.OutputMask(kept, torch.ones(3, 2)).data<float>().ToArray());
        Assert.Equal([1, 0, 1], NormalisedChannels.OutputMask(kept, torch.ones(3)).data<float>().ToArray());
    }

    private static IEnumerable<string> Describe(Module model) =>
        NormalisedChannels.Of(model).Select(found => $"{found.Name}: {found.Producer ?? "-"} {found.Consumer?.Name ?? "-"}");

    private sealed class Untold : Module<torch.Tensor, torch.Tensor>
    {
        private readonly Module<torch.Tensor, torch.Tensor> conv = Conv2d(1, 2, kernel_size: 1);
        private readonly Module<torch.Tensor, torch.Tensor> norm = BatchNorm2d(2);

        public Untold()
            : base(nameof(Untold)) => RegisterComponents();

        public override torch.Tensor forward(torch.Tensor input) => norm.call(conv.call(input));
    }
}
