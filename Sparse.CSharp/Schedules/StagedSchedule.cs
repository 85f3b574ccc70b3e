using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Schedules;

/// <summary>Stages, each with a smaller step size than the one before.</summary>
public abstract record StagedSchedule : ScheduleOptions
{
    private readonly ValueList<double> milestones = new([]);

    /// <summary>
    /// Where stages end: epochs done, each above 0, growing, at least one. 5 ends a stage after the fifth epoch; fractions of an
    /// epoch are allowed. No default.
    /// </summary>
    public IReadOnlyList<double> Milestones
    {
        get => milestones;
        init => milestones = new(value);
    }

    /// <summary>Share of the step size that each milestone leaves.</summary>
    private protected abstract double FactorOfStage { get; }

    /// <inheritdoc/>
    public override double StageShare(int stepsPerEpoch, long step) =>
        Math.Pow(FactorOfStage, milestones.Count(milestone => Last(milestone, stepsPerEpoch) < step));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems()
    {
        var isGrowing = milestones.Zip(milestones.Skip(1), (former, latter) => former < latter).All(grows => grows);
        var isLegal = milestones.Count > 0 && isGrowing && milestones.All(milestone => milestone > 0 && double.IsFinite(milestone));
        return isLegal
            ? base.Problems()
            : [.. base.Problems(), new SettingProblem(nameof(Milestones), milestones.ToString(), "one or more growing numbers of epochs above 0")];
    }

    /// <inheritdoc/>
    private protected override SchedulePoint Unwarmed(double stepSize, long totalSteps, int stepsPerEpoch, long step) =>
        Schedule.Stages(stepSize, FactorOfStage, milestones.Select(milestone => Last(milestone, stepsPerEpoch)), step);

    private static long Last(double milestone, int stepsPerEpoch) => (long)Math.Round(milestone * stepsPerEpoch);
}
