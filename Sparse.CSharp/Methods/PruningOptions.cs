using System.Text.Json.Serialization;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Methods;

/// <summary>
/// SGD with momentum, and around it whatever makes zeros: the settings that all pruning methods share. The run's target
/// sparsity is the share of zeros that they end with, to the weight; they have no use for a regularizer.
/// </summary>
public abstract record PruningOptions : MethodOptions
{
    /// <summary>Momentum time scale, in the unit of the step size, 0 or more; 0 switches momentum off. Default 9.5.</summary>
    public double MomentumTimeScale { get; init; } = 9.5;

    /// <summary>Weight decay added to the gradient of every parameter, biases included, 0 or more. Default 5e-4.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override bool HasPenalty => false;

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override bool PrunesToTarget => true;

    /// <inheritdoc/>
    public sealed override Method CreateMethod(double stageShare = 1.0) =>
        Optim.Methods.Sgd(new ProximalSgd.Settings(MomentumTimeScale, WeightDecay));

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.UnlessAtLeast(0, nameof(MomentumTimeScale), MomentumTimeScale),
        SettingProblem.UnlessAtLeast(0, nameof(WeightDecay), WeightDecay),
    ];

    /// <summary>From a share of the run to a step of it, at least 1.</summary>
    private protected static long StepAt(double share, long totalSteps) => Math.Max(1, (long)Math.Round(share * totalSteps));
}
