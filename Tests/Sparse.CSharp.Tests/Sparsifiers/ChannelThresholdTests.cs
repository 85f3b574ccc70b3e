using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class ChannelThresholdTests
{
    [Fact]
    public void Channels_go_weakest_first_over_all_layers_but_each_layer_keeps_its_strongest()
    {
        var order = ChannelThreshold.RemovalOrder([[0.5f, 0.1f, 0.9f], [0.02f, 0.01f], [0.1f, 0.3f]]);

        Assert.Equal([(1, 1), (0, 1), (2, 0), (0, 0)], order);
    }

    [Fact]
    public void Of_equal_channels_one_stays()
    {
        Assert.Equal([(0, 1), (0, 2)], ChannelThreshold.RemovalOrder([[0.5f, 0.5f, 0.5f]]));
    }

    [Fact]
    public void The_fewest_channels_that_give_the_zeros_go()
    {
        long[] zeros = [0, 3, 3, 10, 12];
        int FewestFor(long wanted) => ChannelThreshold.FewestFor(removable: 4, count => zeros[count], wanted);

        Assert.Equal([0, 1, 1, 3, 3, 4, 4], new[] { 0L, 1, 3, 4, 10, 11, 99 }.Select(FewestFor));
    }
}
