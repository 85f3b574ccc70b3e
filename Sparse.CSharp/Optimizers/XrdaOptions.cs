using SparseHybrid.Optim;

namespace SparseHybrid.Optimizers;

/// <summary>
/// Settings of <see cref="Xrda"/>. Immutable; vary one with a <c>with</c> expression. The defaults are those published
/// for CIFAR-10, arXiv:2008.09661.
/// </summary>
public sealed record XrdaOptions
{
    /// <summary>Step size, more than 0; with a cosine schedule the initial one. Default 1.</summary>
    public double StepSize { get; init; } = 1.0;

    /// <summary>
    /// Strength lambda of the penalty, in the unit of a gradient entry, 0 or more; 0 trains without penalty. The largest
    /// weight of a layer feels lambda, a weight at zero <see cref="MaximumFactor"/> times as much. Default 1e-6.
    /// </summary>
    public double Strength { get; init; } = 1e-6;

    /// <summary>How many times harder the penalty pulls on a weight at zero than on the largest one, at least 1 (plain l1). Default 500.</summary>
    public double MaximumFactor { get; init; } = 500.0;

    /// <summary>Momentum time scale, in the unit of <see cref="StepSize"/>; 0 switches momentum off. Default 9.5.</summary>
    public double MomentumTimeScale { get; init; } = 9.5;

    /// <summary>
    /// Time scale on which the adaptive weights follow the parameters, in the unit of <see cref="StepSize"/>; 0: at once.
    /// Default 9.5.
    /// </summary>
    public double RegularizerTimeScale { get; init; } = 9.5;

    /// <summary>Weight decay added to the gradient of every parameter, biases included, 0 or more. Default 5e-4.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Averaging alpha, from 0 (proximal gradient) to 1 (dual averaging); a cosine schedule sets its own. Default 0.</summary>
    public double Averaging { get; init; }

    /// <summary>
    /// What vanishes together: single weights, kernels or output filters. Linear layers always go weight by weight. Default
    /// single weights.
    /// </summary>
    public Grouping Grouping { get; init; } = Grouping.Element;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(Problems(), "The optimizer's settings are out of range");

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(StepSize > 0 && double.IsFinite(StepSize), nameof(StepSize), StepSize, "a finite number above 0"),
        AtLeast(0, nameof(Strength), Strength),
        AtLeast(1, nameof(MaximumFactor), MaximumFactor),
        AtLeast(0, nameof(MomentumTimeScale), MomentumTimeScale),
        AtLeast(0, nameof(RegularizerTimeScale), RegularizerTimeScale),
        AtLeast(0, nameof(WeightDecay), WeightDecay),
        SettingProblem.Unless(Averaging is >= 0 and <= 1, nameof(Averaging), Averaging, "a number from 0 to 1"),
    ];

    /// <summary>The penalty that these settings describe.</summary>
    internal Regularizer ToRegularizer() =>
        Strength == 0 ? Regularizers.Zero() : Regularizers.AdaptiveL1(Strength, MaximumFactor, RegularizerTimeScale, Grouping);

    private static SettingProblem? AtLeast(double least, string name, double value) =>
        SettingProblem.Unless(value >= least && double.IsFinite(value), name, value, $"a finite number, {least} or more");
}
