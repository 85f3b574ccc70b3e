using SparseHybrid.Optimizers;
using SparseHybrid.TargetSparsity;
using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>How many entries of a regularised weight are exactly zero.</summary>
/// <param name="Name">As <c>named_parameters()</c> gives it.</param>
/// <param name="Weights">Its entries.</param>
/// <param name="Zeros">Those of them that are zero.</param>
public sealed record LayerZeros(string Name, long Weights, long Zeros)
{
    /// <summary>Counts in every regularised weight of a network, in its order. Waits for the device once.</summary>
    /// <param name="model">The network.</param>
    /// <param name="policy">Which parameters are regularised.</param>
    internal static IReadOnlyList<LayerZeros> Of(torch.nn.Module model, RegularizationPolicy policy)
    {
        using var withoutGradient = torch.no_grad();
        var regularised = model.named_parameters().Where(item => policy.Covers(item.Item1, item.Item2)).ToList();
        return regularised.Count == 0
            ? []
            : [.. regularised.Zip(ZeroShares.Zeros(regularised.Select(item => item.Item2)), (item, zeros) => new LayerZeros(item.Item1, item.Item2.numel(), zeros))];
    }
}
