using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>How many parameters of a network are exactly zero.</summary>
/// <param name="RegularisedWeights">Parameters that the penalty applies to.</param>
/// <param name="RegularisedZeros">Those of them that are zero.</param>
/// <param name="Parameters">Parameters of the whole network.</param>
/// <param name="Nonzeros">Parameters of the whole network that are not zero.</param>
public sealed record SparsityCount(long RegularisedWeights, long RegularisedZeros, long Parameters, long Nonzeros)
{
    /// <summary>Zeros / regularised weights (0..1); 0 when nothing is regularised.</summary>
    public double Sparsity => RegularisedWeights == 0 ? 0 : (double)RegularisedZeros / RegularisedWeights;

    /// <summary>Counts over a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="policy">Which parameters are regularised; null: <see cref="RegularizationPolicy.WeightsOnly"/>.</param>
    public static SparsityCount Of(torch.nn.Module model, RegularizationPolicy? policy = null)
    {
        policy ??= RegularizationPolicy.WeightsOnly;
        var count = new SparsityCount(0, 0, 0, 0);
        foreach (var (name, parameter) in model.named_parameters())
        {
            var (size, zeros, isRegularised) = (parameter.numel(), Optim.Sparsity.ZeroCount(parameter), policy.Covers(name, parameter));
            count = new SparsityCount(
                count.RegularisedWeights + (isRegularised ? size : 0),
                count.RegularisedZeros + (isRegularised ? zeros : 0),
                count.Parameters + size,
                count.Nonzeros + size - zeros);
        }

        return count;
    }
}
