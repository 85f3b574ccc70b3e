namespace SparseHybrid.Sparsifiers;

/// <summary>The smallest weights go bit by bit while training goes on.</summary>
internal sealed class GradualPruning(SparsifierContext context, CubicSparsity schedule, PruningScope scope) : MaskingSparsifier(context)
{
    public override void AfterStep(long step)
    {
        if (schedule.PrunesAt(step))
        {
            PruneSmallest(schedule.At(step), scope);
        }
    }
}
