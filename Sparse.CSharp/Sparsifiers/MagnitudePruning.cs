namespace SparseHybrid.Sparsifiers;

/// <summary>One pruning of the smallest weights, with l1 by subgradient before it if asked for, and fine-tuning after it.</summary>
internal sealed class MagnitudePruning(SparsifierContext context, PruningScope scope, FineTuning fineTuning, double strength = 0)
    : PruneThenFineTune(context, fineTuning)
{
    protected override void Penalise()
    {
        if (strength > 0)
        {
            SubgradientPenalty.Add(Weights.Select(item => item.Weight), strength);
        }
    }

    protected override void Prune() => PruneSmallest(FinalShare, scope);
}
