using SparseHybrid.Optimizers;
using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Training;

public sealed class LayerZerosTests
{
    [Fact]
    public void Every_regularised_weight_is_counted_in_the_order_of_the_network()
    {
        using var model = Sequential(("fc1", Linear(2, 3)), ("fc2", Linear(3, 1)));
        using (torch.no_grad())
        {
            model.get_parameter("fc1.weight")!.fill_(1);
            model.get_parameter("fc1.weight")!.narrow(0, 0, 2).fill_(0);
            model.get_parameter("fc2.weight")!.fill_(0);
        }

        Assert.Equal([new("fc1.weight", 6, 4), new("fc2.weight", 3, 3)], LayerZeros.Of(model, RegularizationPolicy.WeightsOnly));
    }

    [Fact]
    public void A_network_without_regularised_weights_has_none_to_count()
    {
        using var model = Sequential(("norm", BatchNorm1d(4)));
        Assert.Empty(LayerZeros.Of(model, RegularizationPolicy.WeightsOnly));
    }
}
