using SparseHybrid.Optimizers;

namespace SparseHybrid.Sparsifiers;

/// <summary>Training after pruning, with the zeros held. It is a part of the run, not an addition to it. Immutable.</summary>
/// <param name="Share">Share of the run's steps that comes after pruning, from 0 to below 1; 0: pruning ends the run.</param>
/// <param name="StepSizeFactor">What the schedule's step size is multiplied with, above 0.</param>
internal sealed record FineTuning(double Share, double StepSizeFactor = 1)
{
    /// <summary>Every setting out of range, by the name that it has in the settings of a method.</summary>
    public IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(Share is >= 0 and < 1, "FineTuningShare", Share, "a number from 0, below 1"),
        SettingProblem.UnlessPositive("FineTuningStepSize", StepSizeFactor),
    ];
}
