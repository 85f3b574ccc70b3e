using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Support;

/// <summary>A network of 3 x 4 inputs in 3 classes, and one batch for it: the same every time.</summary>
public static class SmallNetwork
{
    public static Module<torch.Tensor, torch.Tensor> Create(long seed = 1)
    {
        torch.manual_seed(seed);
        return Sequential(("fc1", Linear(4, 6)), ("relu1", ReLU()), ("fc2", Linear(6, 3)));
    }

    /// <summary>Leaves the gradients of a batch in the parameters.</summary>
    public static void ComputeGradients(Module<torch.Tensor, torch.Tensor> model, int batch)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = torch.arange(12, dtype: torch.ScalarType.Float32).reshape(3, 4).mul(0.1 * (batch + 1)).sin();
        var labels = torch.tensor([0L, 1L, 2L]);
        model.zero_grad();
        functional.cross_entropy(model.call(inputs), labels).backward();
    }
}
