using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>
/// A network that is sparse from its first step and whose connections move: from time to time some go and as many come. Each
/// layer keeps the number of weights that it starts with.
/// </summary>
internal abstract class DynamicSparsity : MaskingSparsifier
{
    protected DynamicSparsity(SparsifierContext context, DensityDistribution distribution)
        : base(context)
    {
        var shapes = Weights.Select(item => item.Weight.shape).ToList();
        var weights = Weights.Sum(item => item.Weight.numel());
        KeptCounts = LayerDensities.KeptCounts(distribution, shapes, SparsityShare.KeptOf(weights, FinalShare));
        using var scope = torch.NewDisposeScope();
        for (var layer = 0; layer < Weights.Count; layer++)
        {
            using var random = RandomSource(step: 0, layer);
            Masks.Set(layer, LargestEntries.Of(RandomScores(layer, random), KeptCounts[layer]));
        }

        ApplyMasks();
    }

    /// <summary>Weights that each layer has.</summary>
    protected IReadOnlyList<long> KeptCounts { get; }

    /// <summary>Random numbers that depend on nothing but seed, step and layer, so that a resumed run draws the same.</summary>
    protected torch.Generator RandomSource(long step, int layer)
    {
        var seed = Data.SplitMix64.Mix((ulong)Context.Options.Seed);
        seed = Data.SplitMix64.Mix(seed + (ulong)step);
        seed = Data.SplitMix64.Mix(seed + (ulong)layer);
        return new torch.Generator(seed, Weights[layer].Weight.device);
    }

    /// <summary>A score for each entry of a layer, uniform in [0, 1).</summary>
    protected torch.Tensor RandomScores(int layer, torch.Generator random) =>
        torch.rand(Weights[layer].Weight.shape, device: Weights[layer].Weight.device, generator: random);
}
