using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// RigL: sparse from the first step; from time to time the smallest weights of each layer go, and as many come where the
/// gradient of the dense network is largest, starting from zero.
/// </summary>
/// <remarks>
/// Evci, Gale, Menick, Castro and Elsen, Rigging the Lottery, ICML 2020, section 3. A step in which connections change also
/// trains, so that a run has as many training steps as those of other methods.
/// </remarks>
public sealed record RigLOptions : PruningOptions
{
    /// <summary>How the weights are spread over the layers. Default Erdos-Renyi with kernel sizes, the paper's best.</summary>
    public DensityDistribution Distribution { get; init; } = DensityDistribution.ErdosRenyiKernel;

    /// <summary>alpha: share of a layer's weights that the first change replaces, from 0 to 1; it falls along a cosine. Default 0.3, the paper's.</summary>
    public double DropShare { get; init; } = 0.3;

    /// <summary>
    /// Between two changes, as a share of the run, above 0; at least a step. Default 0.03. The paper's 100 of 32 000 steps are
    /// ten times less; new weights need some steps to grow in, however long the run is.
    /// </summary>
    public double Period { get; init; } = 0.03;

    /// <summary>When changes end, as a share of the run, from 0 to 1. Default 0.75, the paper's.</summary>
    public double End { get; init; } = 0.75;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context)
    {
        var schedule = new RigLSchedule(StepAt(Period, context.TotalSteps), StepAt(End, context.TotalSteps), DropShare);
        return new RigL(context, Distribution, schedule);
    }

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        .. base.Problems(),
        SettingProblem.UnlessDefined(nameof(Distribution), Distribution),
        SettingProblem.UnlessShare(nameof(DropShare), DropShare),
        SettingProblem.Unless(Period is > 0 and <= 1, nameof(Period), Period, "a number above 0, at most 1"),
        SettingProblem.UnlessShare(nameof(End), End),
    ];
}
