using SparseHybrid.Optimizers;

namespace SparseHybrid.Schedules;

/// <summary>The step size shrinks by the same factor at each milestone, and so does 1 - averaging.</summary>
public sealed record StepSchedule : StagedSchedule
{
    /// <summary>Share of the step size that a milestone leaves, above 0 and at most 1. Default 0.1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <inheritdoc/>
    private protected override double FactorOfStage => Factor;

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
        [.. base.Problems(), SettingProblem.Unless(Factor is > 0 and <= 1, nameof(Factor), Factor, "a number above 0, at most 1")];
}
