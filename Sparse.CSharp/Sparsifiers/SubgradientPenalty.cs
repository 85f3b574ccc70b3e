using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Sparsifiers;

/// <summary>An l1 penalty by its subgradient: it pulls weights towards zero, but leaves hardly any exactly there.</summary>
internal static class SubgradientPenalty
{
    /// <summary>Adds strength * sign(w) to the gradients; a parameter without gradient is left alone.</summary>
    /// <param name="parameters">Their gradients are changed in place.</param>
    /// <param name="strength">lambda, in the unit of a gradient entry, 0 or more.</param>
    public static void Add(IEnumerable<Parameter> parameters, double strength)
    {
        using var noGradient = torch.no_grad();
        foreach (var parameter in parameters)
        {
            using var gradient = parameter.grad;
            using var sign = parameter.sign();
            gradient?.add_(sign, strength);
        }
    }
}
