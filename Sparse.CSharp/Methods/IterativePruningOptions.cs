using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// Iterative magnitude pruning with rewinding, the search for a lottery ticket: train, prune, set what is left back to its
/// early values, and again. The trainings, one more than the prunings, share the steps of the run, and each runs through the
/// schedule of step sizes from the rewinding point on.
/// </summary>
/// <remarks>
/// Frankle and Carbin, The Lottery Ticket Hypothesis, ICLR 2019, section 1; Frankle, Dziugaite, Roy and Carbin, Linear Mode
/// Connectivity and the Lottery Ticket Hypothesis, ICML 2020, algorithm 2, for rewinding to an early step. There every training
/// is of full length; here they share one budget.
/// </remarks>
public sealed record IterativePruningOptions : PruningOptions
{
    /// <summary>Among which weights the smallest are pruned. Default the whole network.</summary>
    public PruningScope Scope { get; init; } = PruningScope.Network;

    /// <summary>How often is pruned and rewound, at least 1. Default 2: a short run cannot be divided often.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>Share of the first training after which weights are kept for rewinding, from 0 (the initial weights) to below 1. Default 0.05.</summary>
    public double RewindShare { get; init; } = 0.05;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context)
    {
        var plan = new RewindingPlan(context.TotalSteps, Rounds, RewindShare);
        return plan.Fits
            ? new IterativePruning(context, plan, Scope)
            : throw new PruningException(
                what: $"Iterative pruning cannot have {Rounds} rounds here.",
                why: $"The {Rounds + 1} trainings share the run's {context.TotalSteps} steps, which are too few.",
                fix: "Use fewer rounds, or train for more epochs.");
    }

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        .. base.Problems(),
        SettingProblem.UnlessDefined(nameof(Scope), Scope),
        SettingProblem.Unless(Rounds >= 1, nameof(Rounds), Rounds, "1 or more"),
        SettingProblem.Unless(RewindShare is >= 0 and < 1, nameof(RewindShare), RewindShare, "a number from 0, below 1"),
    ];
}
