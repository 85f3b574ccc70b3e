namespace SparseHybrid.Schedules;

/// <summary>The step size halves at each milestone, and so does 1 - averaging.</summary>
public sealed record HalvingSchedule : StagedSchedule
{
    /// <inheritdoc/>
    private protected override double FactorOfStage => 0.5;
}
