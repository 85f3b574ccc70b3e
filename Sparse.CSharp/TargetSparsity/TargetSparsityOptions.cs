using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.TargetSparsity;

/// <summary>
/// The share of zeros that a run is to end with. For methods with a lambda a controller moves lambda during training; pruning
/// methods prune to it. Immutable.
/// </summary>
public sealed record TargetSparsityOptions
{
    /// <summary>Zeros / regularised weights at the end of the run, above 0 and below 1.</summary>
    public required double Share { get; init; }

    /// <summary>The controller of lambda; for methods with a penalty. The caller owns it.</summary>
    /// <param name="context">The network and its optimizer.</param>
    internal Sparsifier CreateController(SparsifierContext context) =>
        throw new NotSupportedException($"No controller of lambda for {context.Options.Method.Name} yet.");

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
        [SettingProblem.Unless(Share is > 0 and < 1, nameof(Share), Share, "a number above 0 and below 1")];
}
