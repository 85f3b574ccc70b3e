using SparseHybrid.Runs;
using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>Train, prune, rewind the weights that are left to early values, and again. Keeps a copy of the network.</summary>
internal sealed class IterativePruning : MaskingSparsifier
{
    private const string EarlyPrefix = "early.";

    private readonly RewindingPlan plan;
    private readonly PruningScope scope;
    private readonly IReadOnlyDictionary<string, torch.Tensor> early;

    public IterativePruning(SparsifierContext context, RewindingPlan plan, PruningScope scope)
        : base(context)
    {
        this.plan = plan;
        this.scope = scope;
        early = ModelWeights.Of(context.Model).ToDictionary(item => item.Key, item => item.Value.detach().clone().DetachFromDisposeScope());
    }

    public override (long Step, long TotalSteps) SchedulePosition(long step, long totalSteps) => plan.Place(step);

    public override void AfterStep(long step)
    {
        if (step == plan.RewindStep)
        {
            Copy(from: ModelWeights.Of(Context.Model), to: early);
        }

        if (plan.PrunesAfter(step))
        {
            PruneSmallest(plan.SparsityAfter(FinalShare, plan.PruningsBefore(step + 1)), scope);
            Copy(from: early, to: ModelWeights.Of(Context.Model));
            Context.Optimizer.Restart();
            ApplyMasks();
        }
    }

    public override IReadOnlyDictionary<string, torch.Tensor> StateTensors() =>
        base.StateTensors().Concat(early.Select(item => KeyValuePair.Create(EarlyPrefix + item.Key, item.Value))).ToDictionary();

    public override void RestoreState(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        base.RestoreState(tensors);
        Copy(from: early.Keys.ToDictionary(name => name, name => RestoredTensor.Find(tensors, EarlyPrefix + name)), to: early);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var tensor in early.Values)
            {
                tensor.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private static void Copy(IReadOnlyDictionary<string, torch.Tensor> from, IReadOnlyDictionary<string, torch.Tensor> to)
    {
        using var noGradient = torch.no_grad();
        foreach (var (name, tensor) in to)
        {
            tensor.copy_(from[name]);
        }
    }
}
