using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Sparsifiers;

/// <summary>
/// One mask for each regularised weight: 1 where it trains, 0 where it stays exactly zero. A masked weight without gradient
/// and with a state of zeros stays zero under every method, momentum and weight decay included. Owns the masks: dispose it.
/// </summary>
internal sealed class WeightMasks : IDisposable
{
    private readonly IReadOnlyList<(string Name, Parameter Weight)> weights;
    private readonly torch.Tensor[] masks; // of the weights' dtype, so that a product needs no conversion

    /// <summary>Masks that let every weight train.</summary>
    /// <param name="weights">Names and values; borrowed.</param>
    public WeightMasks(IReadOnlyList<(string Name, Parameter Weight)> weights)
    {
        this.weights = weights;
        masks = [.. weights.Select(item => torch.ones_like(item.Weight).DetachFromDisposeScope())];
    }

    /// <summary>Names of the weights, in the order of the masks.</summary>
    public IEnumerable<string> Names => weights.Select(item => item.Name);

    /// <summary>The weight of a mask.</summary>
    /// <param name="weight">Which one.</param>
    public Parameter Weight(int weight) => weights[weight].Weight;

    /// <summary>The mask of a weight as booleans; the caller owns it.</summary>
    /// <param name="weight">Which one.</param>
    public torch.Tensor this[int weight] => masks[weight].ne(0);

    /// <summary>Takes another mask for one weight.</summary>
    /// <param name="weight">Which one.</param>
    /// <param name="mask">Booleans, or numbers 0 and 1; neither changed nor disposed.</param>
    public void Set(int weight, torch.Tensor mask)
    {
        using var noGradient = torch.no_grad();
        masks[weight].copy_(mask);
    }

    /// <summary>Magnitudes where the mask is 1, and -1, below all of them, where it is 0; the caller owns them.</summary>
    /// <param name="count">Of how many weights, the first ones.</param>
    public torch.Tensor[] Magnitudes(int count)
    {
        using var noGradient = torch.no_grad();
        return
        [
            .. weights.Take(count).Select((item, index) =>
            {
                using var scope = torch.NewDisposeScope();
                var magnitude = item.Weight.abs();
                return magnitude.where(this[index], torch.full_like(magnitude, -1)).MoveToOuterDisposeScope();
            }),
        ];
    }

    /// <summary>Sets masked weights to zero.</summary>
    public void MaskWeights()
    {
        using var noGradient = torch.no_grad();
        foreach (var ((_, weight), mask) in weights.Zip(masks))
        {
            using var isMasked = mask.eq(0);
            weight.masked_fill_(isMasked, 0); // a product would leave zeros with a sign
        }
    }

    /// <summary>Sets the gradients of masked weights to zero.</summary>
    public void MaskGradients()
    {
        using var noGradient = torch.no_grad();
        foreach (var ((_, weight), mask) in weights.Zip(masks))
        {
            using var gradient = weight.grad;
            gradient?.mul_(mask);
        }
    }

    public void Dispose()
    {
        foreach (var mask in masks)
        {
            mask.Dispose();
        }
    }
}
