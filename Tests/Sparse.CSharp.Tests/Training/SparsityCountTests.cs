using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Training;

public sealed class SparsityCountTests
{
    [Fact]
    public void Zeros_count_among_regularised_weights_and_nonzeros_over_everything()
    {
        using var model = Sequential(("fc1", Linear(2, 3)), ("fc2", Linear(3, 1)));
        using (torch.no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.fill_(1);
            }

            model.get_parameter("fc1.weight")!.narrow(0, 0, 2).fill_(0);
            model.get_parameter("fc1.bias")!.fill_(0);
        }

        var count = SparsityCount.Of(model);

        Assert.Equal(new SparsityCount(RegularisedWeights: 9, RegularisedZeros: 4, Parameters: 13, Nonzeros: 6), count);
        Assert.Equal(4.0 / 9.0, count.Sparsity);
    }
}
