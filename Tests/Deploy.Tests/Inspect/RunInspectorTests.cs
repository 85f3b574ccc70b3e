using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Models;

namespace SparseHybrid.Deploy.Tests.Inspect;

public class RunInspectorTests
{
    [Theory]
    [InlineData("lenet-300-100", 10, new long[] { 1, 28, 28 }, 266_610, 784 * 300 + 300 * 100 + 100 * 10)]
    [InlineData("lenet-5", 10, new long[] { 1, 28, 28 }, 431_080, 24 * 24 * 20 * 25 + 8 * 8 * 50 * 500 + 800 * 500 + 500 * 10)]
    [InlineData("vgg-16", 10, new long[] { 3, 32, 32 }, 14_728_266, 313_201_664)] // 313 M: H. Li et al., Pruning Filters for Efficient ConvNets (2017), table 1
    [InlineData("resnet-56", 10, new long[] { 3, 32, 32 }, 853_018, 125_485_696)] // 125 M: the same
    [InlineData("mobilenet-v1", 1000, new long[] { 3, 112, 112 }, 4_231_976, 568_740_352)] // 569 M: A. Howard et al., MobileNets (2017), table 4
    public void Multiplications_and_parameters_are_the_published_ones(string name, int classes, long[] inputShape, long parameters, long macs)
    {
        var model = RunInspector.Inspect(new ModelDescription(name, classes, inputShape));

        Assert.Equal((parameters, macs), (model.Totals.Parameters, model.Totals.Macs));
    }

    [Fact]
    public void The_convolutions_of_a_residual_network_are_counted_one_by_one()
    {
        var layers = RunInspector.Inspect(new ModelDescription("resnet-18", 10, [3, 32, 32])).Layers;

        const long plain = 64 * 64 * 9 * 32 * 32, entering = plain / 2, shortcut = plain / 18;
        long[] stage = [entering, shortcut, plain, plain, plain];
        Assert.Equal([3 * 64 * 9 * 32 * 32, plain, plain, plain, plain, .. stage, .. stage, .. stage, 512 * 10], layers.Select(layer => layer.Macs!.Value));
    }

    [Fact]
    public void A_densely_connected_network_is_counted_by_its_growth()
    {
        var expected = 3L * 24 * 9 * 32 * 32;
        var (channels, pixels) = (24L, 32L * 32);
        for (var block = 0; block < 3; block++, pixels /= 4)
        {
            for (var layer = 0; layer < 12; layer++, channels += 12)
            {
                expected += channels * 12 * 9 * pixels;
            }

            expected += block < 2 ? channels * channels * pixels : channels * 10;
        }

        var model = RunInspector.Inspect(new ModelDescription("densenet-40-12", 10, [3, 32, 32]));

        Assert.Equal(expected, model.Totals.Macs);
    }
}
