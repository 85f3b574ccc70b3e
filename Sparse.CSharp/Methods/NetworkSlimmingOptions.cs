using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// Network slimming: l1 by subgradient on the scales of the normalisation layers, then the channels with the smallest scales
/// are pruned over the whole network, then fine-tuning. A channel takes the weights with it that make it, and those that read
/// it where the network tells which: in Sequential, and in modules that are <see cref="IChannelChains"/>.
/// </summary>
/// <remarks>
/// Liu, Li, Shen, Huang, Yan and Zhang, Learning Efficient Convolutional Networks through Network Slimming, ICCV 2017, equation
/// 1 and section 3. Zeros come by whole channels: the run ends with the fewest channels pruned that give the share of zeros
/// asked for.
/// </remarks>
public sealed record NetworkSlimmingOptions : PruningOptions
{
    /// <summary>lambda on the scales, in the unit of a gradient entry, 0 or more. Default 1e-4, the paper's for VGG.</summary>
    public double Strength { get; init; } = 1e-4;

    /// <summary>What every scale starts from, above 0. Default 0.5, the paper's.</summary>
    public double InitialScale { get; init; } = 0.5;

    /// <summary>Share of the run's steps that fine-tunes after pruning, from 0 to below 1. Default 0.5, the paper's.</summary>
    public double FineTuningShare { get; init; } = 0.5;

    /// <summary>Step size of the fine-tuning over that of the training before, above 0. Default 1, the paper's.</summary>
    public double FineTuningStepSize { get; init; } = 1;

    /// <inheritdoc/>
    public override Sparsifier CreateSparsifier(SparsifierContext context) => new NetworkSlimming(context, FineTuning, Strength, InitialScale);

    /// <inheritdoc/>
    internal override string? Misfit(Func<TorchSharp.torch.nn.Module> build)
    {
        using var model = build();
        return NormalisedChannels.Of(model).Count == 0 ? "It prunes channels of normalisation layers, and the network has none." : null;
    }

    /// <inheritdoc/>
    internal override IEnumerable<SettingProblem?> Problems() =>
    [
        .. base.Problems(),
        SettingProblem.UnlessAtLeast(0, nameof(Strength), Strength),
        SettingProblem.UnlessPositive(nameof(InitialScale), InitialScale),
        .. FineTuning.Problems(),
    ];

    private FineTuning FineTuning => new(FineTuningShare, FineTuningStepSize);
}
