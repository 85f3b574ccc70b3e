using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// One-shot magnitude pruning: dense training, the smallest weights pruned all at once, fine-tuning of the others. Both parts
/// run through the schedule of step sizes and together take the steps of the run.
/// </summary>
/// <remarks>
/// Han, Pool, Tran and Dally, Learning both Weights and Connections for Efficient Neural Networks, NIPS 2015, section 3. There
/// each layer's threshold is a multiple of its standard deviation; here thresholds follow from the share of zeros asked for.
/// </remarks>
public sealed record OneShotPruningOptions : PruningOptions
{
    /// <summary>Among which weights the smallest are pruned. Default the whole network.</summary>
    public PruningScope Scope { get; init; } = PruningScope.Network;

    /// <summary>Share of the run's steps that fine-tunes after pruning, from 0 to below 1. Default 0.5.</summary>
    public double FineTuningShare { get; init; } = 0.5;

    /// <summary>
    /// Step size of the fine-tuning over that of the dense training, above 0. Default 1, the rewinding of Renda, Frankle and
    /// Carbin, ICLR 2020; Han and others have 0.1.
    /// </summary>
    public double FineTuningStepSize { get; init; } = 1;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context) => new MagnitudePruning(context, Scope, FineTuning);

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
        [.. base.Problems(), SettingProblem.UnlessDefined(nameof(Scope), Scope), .. FineTuning.Problems()];

    private FineTuning FineTuning => new(FineTuningShare, FineTuningStepSize);
}
