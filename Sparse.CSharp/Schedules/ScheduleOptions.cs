using System.Text.Json.Serialization;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Schedules;

/// <summary>
/// How step size and averaging move during a run; each child is one schedule. Immutable. In JSON an object whose "name" tells
/// which.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "name")]
[JsonDerivedType(typeof(CosineSchedule), "cosine")]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(ExponentialCosineSchedule), "exponential-cosine")]
[JsonDerivedType(typeof(HalvingSchedule), "halving")]
[JsonDerivedType(typeof(StepSchedule), "step")]
public abstract record ScheduleOptions
{
    /// <summary>The names of all schedules, as the command line and JSON know them.</summary>
    public static IReadOnlyList<string> Names => Named<ScheduleOptions>.Names;

    /// <summary>The schedule's name.</summary>
    [JsonIgnore]
    public string Name => Named<ScheduleOptions>.Of(this);

    /// <summary>Over so many epochs at the start the step size rises linearly to what the schedule says, 0 or more. Default 0.</summary>
    public double WarmUpEpochs { get; init; }

    /// <summary>
    /// Averaging alpha of every step, from 0 (proximal gradient) to 1 (dual averaging). Default null: what the schedule ties to
    /// the step size, h = h0 (1 - alpha) as published, so that thresholds do not shrink with the step size and zeros survive; a
    /// constant schedule has 0.
    /// </summary>
    public double? Averaging { get; init; }

    /// <summary>The schedule of this name with its default settings.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such schedule; the message lists them all.</exception>
    public static ScheduleOptions Create(string name) => Named<ScheduleOptions>.Create(name, "schedule");

    /// <summary>Step size and averaging of a step.</summary>
    /// <param name="stepSize">h0, above 0.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch, the unit of the settings.</param>
    /// <param name="step">The step, counted from 1.</param>
    public SchedulePoint At(double stepSize, long totalSteps, int stepsPerEpoch, long step)
    {
        var point = Unwarmed(stepSize, totalSteps, stepsPerEpoch, step);
        var warmUpSteps = (long)Math.Round(WarmUpEpochs * stepsPerEpoch);
        var warmed = step < warmUpSteps ? point.StepSize * step / warmUpSteps : point.StepSize;
        return new SchedulePoint(warmed, Averaging ?? point.Averaging);
    }

    /// <summary>Step size of the stage that a step lies in over that of the first; 1 where there are no stages.</summary>
    /// <param name="stepsPerEpoch">Steps of an epoch.</param>
    /// <param name="step">The step, counted from 1.</param>
    public virtual double StageShare(int stepsPerEpoch, long step) => 1.0;

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal virtual IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessAtLeast(0, nameof(WarmUpEpochs), WarmUpEpochs),
        SettingProblem.UnlessShare(nameof(Averaging), Averaging ?? 0),
    ];

    /// <summary>The schedule without warm-up and with its own averaging.</summary>
    private protected abstract SchedulePoint Unwarmed(double stepSize, long totalSteps, int stepsPerEpoch, long step);
}
