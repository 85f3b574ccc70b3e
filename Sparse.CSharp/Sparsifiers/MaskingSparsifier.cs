using SparseHybrid.Optimizers;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Sparsifiers;

/// <summary>What all methods with masks share: masked weights are zero, get no gradient, and have a state of zeros.</summary>
internal abstract class MaskingSparsifier : Sparsifier
{
    private const string MaskPrefix = "mask.";

    /// <summary>Masks that let every regularised weight train.</summary>
    protected MaskingSparsifier(SparsifierContext context, IReadOnlyList<(string Name, Parameter Weight)>? alsoMasked = null)
    {
        Context = context;
        Weights = context.RegularisedWeights();
        Masks = new WeightMasks([.. Weights, .. alsoMasked ?? []]);
    }

    protected SparsifierContext Context { get; }

    /// <summary>The weights among which zeros are counted.</summary>
    protected IReadOnlyList<(string Name, Parameter Weight)> Weights { get; }

    /// <summary>The masks of <see cref="Weights"/>, and after them those of whatever else a child masks.</summary>
    protected WeightMasks Masks { get; }

    /// <summary>The share of zeros to end with.</summary>
    protected double FinalShare => Context.Options.TargetSparsity!.Share; // the options were checked for it

    public override void BeforeStep(long step) => Masks.MaskGradients();

    public override IReadOnlyDictionary<string, torch.Tensor> StateTensors() =>
        Masks.Names.Select((name, index) => (name, index)).ToDictionary(item => MaskPrefix + item.name, item => Masks[item.index]);

    public override void RestoreState(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        foreach (var (name, index) in Masks.Names.Select((name, index) => (name, index)))
        {
            Masks.Set(index, RestoredTensor.Find(tensors, MaskPrefix + name));
        }
    }

    /// <summary>Masks the smallest weights; those masked already stay so.</summary>
    /// <param name="share">Share of all weights that is masked afterwards.</param>
    /// <param name="scope">What a threshold is common to.</param>
    protected void PruneSmallest(double share, PruningScope scope)
    {
        using var disposal = torch.NewDisposeScope();
        var magnitudes = Masks.Magnitudes(Weights.Count);
        var sizes = magnitudes.Select(layer => layer.numel()).ToArray();
        var kept = SparsityShare.KeptOf(sizes.Sum(), share);
        var masks = scope == PruningScope.Network
            ? LargestEntries.Of(magnitudes, kept)
            : magnitudes.Zip(LayerDensities.KeptCounts(DensityDistribution.Uniform, [.. Weights.Select(item => item.Weight.shape)], kept), LargestEntries.Of);
        foreach (var (mask, index) in masks.ToList().Select((mask, index) => (mask, index)))
        {
            Masks.Set(index, mask);
        }

        ApplyMasks();
    }

    /// <summary>Makes masked weights and the optimizer's memory of them zero.</summary>
    protected void ApplyMasks()
    {
        using var scope = torch.NewDisposeScope();
        Masks.MaskWeights();
        foreach (var (name, index) in Masks.Names.Select((name, index) => (name, index)))
        {
            Context.Optimizer.ClearState(name, Masks[index].logical_not());
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Masks.Dispose();
        }

        base.Dispose(disposing);
    }
}
