using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// Sparse evolutionary training (SET): sparse from the first step; after each epoch the weights nearest to zero go, and
/// as many come at random places, with random values.
/// </summary>
/// <remarks>Mocanu, Mocanu, Stone, Nguyen, Gibescu and Liotta, Nature Communications 9 (2018) 2383, algorithm 1.</remarks>
public sealed record SparseEvolutionOptions : PruningOptions
{
    /// <summary>How the weights are spread over the layers. Default Erdos-Renyi, the paper's equation 1.</summary>
    public DensityDistribution Distribution { get; init; } = DensityDistribution.ErdosRenyi;

    /// <summary>zeta: share of a layer's weights that an epoch replaces, from 0 to 1. Default 0.3, the paper's.</summary>
    public double DropShare { get; init; } = 0.3;

    /// <summary>When replacing ends, as a share of the run, from 0 to 1. Default 0.75: with small steps at the end new weights find no place.</summary>
    public double End { get; init; } = 0.75;

    /// <summary>Spread of the new weights' random values over that of the layer's other weights, above 0. Default 0.1: they disturb the network little and grow as needed.</summary>
    public double NewSpread { get; init; } = 0.1;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context) =>
        new SparseEvolution(context, Distribution, DropShare, NewSpread, lastStep: StepAt(End, context.TotalSteps));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        .. base.Problems(),
        SettingProblem.UnlessDefined(nameof(Distribution), Distribution),
        SettingProblem.UnlessShare(nameof(DropShare), DropShare),
        SettingProblem.UnlessShare(nameof(End), End),
        SettingProblem.UnlessPositive(nameof(NewSpread), NewSpread),
    ];
}
