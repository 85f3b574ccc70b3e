using TorchSharp;

namespace SparseHybrid.Optimizers;

/// <summary>Which parameters of a network a penalty applies to. The others are trained without one.</summary>
/// <param name="Name">What the policy is called in reports.</param>
/// <param name="Covers">True for a parameter, given by its name and value, that the penalty applies to.</param>
public sealed record RegularizationPolicy(string Name, Func<string, torch.Tensor, bool> Covers)
{
    /// <summary>
    /// The default: weights of convolution and linear layers, which are the parameters of rank 2 and more. Biases and
    /// normalisation layers are spared.
    /// </summary>
    public static RegularizationPolicy WeightsOnly { get; } = new("weights of rank 2 and more", (_, parameter) => parameter.dim() >= 2);
}
