using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.TargetSparsity;

/// <summary>
/// The share of zeros that a run is to end with. For methods with a lambda a controller moves lambda during training; pruning
/// methods prune to it. Immutable.
/// </summary>
/// <remarks>
/// Lambda need not be known: the first gradients tell where it starts. Parameters with a lambda of their own keep its ratio to
/// that of the run, which must be above 0 but may be anything. A parameter without penalty counts as far as the run's policy
/// covers it.
/// </remarks>
public sealed record TargetSparsityOptions
{
    private readonly ValueList<LayerSparsity> layers = new([]);

    /// <summary>Zeros / regularised weights at the end of the run, above 0 and below 1.</summary>
    public required double Share { get; init; }

    /// <summary>How far from it the share may end, above 0 and below 0.5; what the report calls reached. Default 0.005.</summary>
    public double Tolerance { get; init; } = 0.005;

    /// <summary>Bounds on single parameters; of several entries that describe a parameter the first one counts. Default none.</summary>
    public IReadOnlyList<LayerSparsity> Layers
    {
        get => layers;
        init => layers = new(value);
    }

    /// <summary>The controller of lambda; for methods with a penalty. The caller owns it.</summary>
    /// <param name="context">The network and its optimizer.</param>
    /// <exception cref="ArgumentException">Nothing is there to control, or the bounds of the layers rule out the share.</exception>
    internal Sparsifier CreateController(SparsifierContext context) => new SparsityController(this, context);

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(Share is > 0 and < 1, nameof(Share), Share, "a number above 0 and below 1"),
        SettingProblem.Unless(Tolerance is > 0 and < 0.5, nameof(Tolerance), Tolerance, "a number above 0 and below 0.5"),
        .. layers.SelectMany((layer, index) => SettingProblem.Within($"{nameof(Layers)}[{index}]", layer.Problems())),
    ];
}
