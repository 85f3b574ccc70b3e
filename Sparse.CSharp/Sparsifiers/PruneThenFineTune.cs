using TorchSharp.Modules;

namespace SparseHybrid.Sparsifiers;

/// <summary>
/// Training in two parts: before pruning, which happens once, and after it with the masks in place. The optimizer starts anew
/// in between. Each part runs through the whole schedule of step sizes; together they take the steps of the run.
/// </summary>
internal abstract class PruneThenFineTune : MaskingSparsifier
{
    private readonly FineTuning fineTuning;

    protected PruneThenFineTune(SparsifierContext context, FineTuning fineTuning, IReadOnlyList<(string Name, Parameter Weight)>? alsoMasked = null)
        : base(context, alsoMasked)
    {
        this.fineTuning = fineTuning;
        PruningStep = Math.Clamp((long)Math.Round(context.TotalSteps * (1 - fineTuning.Share)), 1, context.TotalSteps);
    }

    private long PruningStep { get; }

    public override void BeforeStep(long step)
    {
        if (step <= PruningStep)
        {
            Penalise();
            return;
        }

        Context.Optimizer.StepSize *= fineTuning.StepSizeFactor;
        base.BeforeStep(step);
    }

    public override void AfterStep(long step)
    {
        if (step == PruningStep)
        {
            Prune();
            Context.Optimizer.Restart();
        }
    }

    public override (long Step, long TotalSteps) SchedulePosition(long step, long totalSteps) =>
        step <= PruningStep ? (step, PruningStep) : (step - PruningStep, totalSteps - PruningStep);

    /// <summary>Adds to the gradients what prepares the network for pruning.</summary>
    protected virtual void Penalise() { }

    /// <summary>Chooses and applies the masks.</summary>
    protected abstract void Prune();
}
