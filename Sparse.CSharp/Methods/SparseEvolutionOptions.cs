using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// Sparse evolutionary training (SET): sparse from the first step; after each epoch but the last the weights nearest to zero
/// go, and as many come at random places, with random values as widely spread as the layer's others.
/// </summary>
/// <remarks>Mocanu, Mocanu, Stone, Nguyen, Gibescu and Liotta, Nature Communications 9 (2018) 2383, algorithm 1.</remarks>
public sealed record SparseEvolutionOptions : PruningOptions
{
    /// <summary>How the weights are spread over the layers. Default Erdos-Renyi, the paper's equation 1.</summary>
    public DensityDistribution Distribution { get; init; } = DensityDistribution.ErdosRenyi;

    /// <summary>zeta: share of a layer's weights that an epoch replaces, from 0 to 1. Default 0.3, the paper's.</summary>
    public double DropShare { get; init; } = 0.3;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context) => new SparseEvolution(context, Distribution, DropShare);

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        .. base.Problems(),
        SettingProblem.UnlessDefined(nameof(Distribution), Distribution),
        SettingProblem.UnlessShare(nameof(DropShare), DropShare),
    ];
}
