using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>Sparse evolutionary training (SET): after an epoch, connections near zero go, and others come at random.</summary>
internal sealed class SparseEvolution(SparsifierContext context, DensityDistribution distribution, double dropShare, double newSpread, long lastStep)
    : DynamicSparsity(context, distribution)
{
    public override void AfterStep(long step)
    {
        if (step % Context.StepsPerEpoch == 0 && step <= lastStep && step < Context.TotalSteps)
        {
            Change(step);
        }
    }

    private void Change(long step)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        for (var layer = 0; layer < Weights.Count; layer++)
        {
            using var random = RandomSource(step, layer);
            var weight = Weights[layer].Weight;
            var before = Masks[layer];
            var kept = DropAndGrow.DropNearestZero(weight, before, dropShare);
            var after = DropAndGrow.Grow(kept, RandomScores(layer, random), KeptCounts[layer]);
            var fresh = after.logical_and(before.logical_not());
            var spread = weight.masked_select(kept).std(unbiased: false).mul(newSpread);
            var drawn = torch.randn(weight.shape, device: weight.device, generator: random).mul_(spread);
            weight.copy_(drawn.where(fresh, weight));
            Masks.Set(layer, after);
        }

        ApplyMasks();
    }
}
