using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>
/// Global sparse momentum (GSM): in each step only as many weights as shall be left at the end, those with the largest
/// |w dL/dw| over the whole network, get their gradient; all others decay. At the end the smallest are pruned.
/// </summary>
/// <param name="context">The run.</param>
/// <param name="decay">eta: this multiple of each weight is added to its gradient.</param>
internal sealed class GlobalSparseMomentum(SparsifierContext context, double decay) : MaskingSparsifier(context)
{
    private readonly long active = SparsityShare.KeptOf(
        context.RegularisedWeights().Sum(item => item.Weight.numel()), context.Options.TargetSparsity!.Share);

    public override void BeforeStep(long step)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var trained = Weights.Select(item => (item.Weight, Gradient: item.Weight.grad)).Where(item => item.Gradient is not null).ToList();
        var saliency = trained.Select(item => item.Weight.mul(item.Gradient!).abs_()).ToArray();
        var chosen = LargestEntries.Of(saliency, Math.Min(active, saliency.Sum(layer => layer.numel())));
        foreach (var ((weight, gradient), isActive) in trained.Zip(chosen))
        {
            gradient!.mul_(isActive).add_(weight, decay);
        }
    }

    public override void AfterStep(long step)
    {
        if (step == Context.TotalSteps)
        {
            PruneSmallest(FinalShare, PruningScope.Network);
        }
    }
}
