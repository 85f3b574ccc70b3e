using SparseHybrid.Optimizers;

namespace SparseHybrid.Models;

/// <summary>
/// Sizes of a network that may be chosen. Immutable; vary one with a <c>with</c> expression. Not every network has every
/// setting: <see cref="ModelCatalog.CheckSettings"/> tells.
/// </summary>
public sealed record ModelSettings
{
    /// <summary>Units of each hidden layer of a multilayer perceptron, each at least 1, first layer first; null: 300 and 100.</summary>
    public IReadOnlyList<int>? HiddenWidths { get; init; }

    /// <summary>
    /// The channels of every convolution are multiplied by this, and rounded to whole numbers of at least 1. Above 0, at
    /// most 64. Default 1.
    /// </summary>
    public double Width { get; init; } = 1.0;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(Problems(), "The model's settings are out of range");

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
    [
        HiddenWidths is { Count: 0 } ? new SettingProblem(nameof(HiddenWidths), "empty", "one hidden layer or more") : null,
        .. (HiddenWidths ?? []).Select(width => SettingProblem.Unless(width >= 1, nameof(HiddenWidths), width, "1 unit or more in every layer")),
        SettingProblem.Unless(Width is > 0 and <= 64, nameof(Width), Width, "a number above 0, at most 64"),
    ];

    /// <summary>So many channels, times the width multiplier.</summary>
    internal long Channels(long published) => Math.Max(1, (long)Math.Round(published * Width));
}
