using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>Connections go by magnitude and come by the gradient of the dense network.</summary>
/// <param name="Period">Steps between two changes, at least 1.</param>
/// <param name="LastStep">T_end: no change after this step.</param>
/// <param name="DropShare">alpha: share of a layer's weights that the first change would replace, from 0 to 1.</param>
internal sealed record RigLSchedule(long Period, long LastStep, double DropShare)
{
    /// <summary>Whether connections change in a step.</summary>
    public bool ChangesAt(long step) => step <= LastStep && step % Period == 0;

    /// <summary>f_decay(t; alpha, T_end) = alpha / 2 (1 + cos(pi t / T_end)).</summary>
    /// <remarks>Evci et al., Rigging the Lottery, ICML 2020, section 3, "Update schedule".</remarks>
    public double DropShareAt(long step) => DropShare / 2 * (1 + Math.Cos(Math.PI * step / LastStep));
}

/// <summary>RigL. Between two changes only the gradients of present connections are used.</summary>
internal sealed class RigL(SparsifierContext context, DensityDistribution distribution, RigLSchedule schedule)
    : DynamicSparsity(context, distribution)
{
    public override void BeforeStep(long step)
    {
        if (schedule.ChangesAt(step))
        {
            Change(schedule.DropShareAt(step));
        }

        base.BeforeStep(step);
    }

    // Gradients are still those of the dense network. A connection that goes and comes again at once keeps its weight; one
    // that comes anew starts at zero, and the step that follows moves it.
    private void Change(double dropShare)
    {
        using var scope = torch.NewDisposeScope();
        for (var layer = 0; layer < Weights.Count; layer++)
        {
            var weight = Weights[layer].Weight;
            if (weight.grad is not { } gradient)
            {
                continue;
            }

            var kept = DropAndGrow.DropSmallest(weight, Masks[layer], (long)(dropShare * KeptCounts[layer]));
            Masks.Set(layer, DropAndGrow.Grow(kept, gradient.abs(), KeptCounts[layer]));
        }

        ApplyMasks();
    }
}
