using TorchSharp;

namespace SparseHybrid.Optimizers;

/// <summary>Which parameters of a network a penalty applies to. The others are trained without one.</summary>
/// <param name="Name">What the policy is called in reports and records.</param>
/// <param name="Covers">True for a parameter, given by its name and value, that the penalty applies to.</param>
public sealed record RegularizationPolicy(string Name, Func<string, torch.Tensor, bool> Covers)
{
    /// <summary>
    /// The default: weights of convolution and linear layers, which are the parameters of rank 2 and more. Biases and
    /// normalisation layers are spared.
    /// </summary>
    public static RegularizationPolicy WeightsOnly { get; } = new("weights", (_, parameter) => parameter.dim() >= 2);

    /// <summary>Every parameter, biases and normalisation layers included.</summary>
    public static RegularizationPolicy Everything { get; } = new("all", (_, _) => true);

    /// <summary>No parameter.</summary>
    public static RegularizationPolicy Nothing { get; } = new("none", (_, _) => false);

    /// <summary>The policies that a record can name.</summary>
    internal static IReadOnlyList<RegularizationPolicy> Known { get; } = [WeightsOnly, Everything, Nothing];
}
