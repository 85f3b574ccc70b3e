using System.Text.Json.Serialization;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Data;

/// <summary>
/// How training images vary from epoch to epoch. What happens to an image is a function of the seed, the epoch and the
/// number of the image, and of nothing else. Immutable; vary one with a <c>with</c> expression.
/// </summary>
public sealed record Augmentation
{
    /// <summary>Images as they are.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>As published for CIFAR by nearly everyone: a crop of the image's own size after padding by 4 zeros, and a mirror image every other time.</summary>
    public static Augmentation Cifar { get; } = new() { CropPadding = 4, FlipProbability = 0.5 };

    /// <summary><see cref="Cifar"/> and random erasing, as published for ResNet-20 (arXiv:2008.09661).</summary>
    public static Augmentation CifarWithErasing { get; } = Cifar with { Erasing = new RandomErasing { SmallestShare = 0, LargestShare = 0.4 } };

    /// <summary>The choices that have names.</summary>
    public static IReadOnlyList<(string Name, Augmentation Augmentation)> Presets { get; } =
        [("none", None), ("cifar", Cifar), ("cifar-erasing", CifarWithErasing)];

    /// <summary>
    /// Pixels of value 0 added on all four sides before a piece of the image's own size is cut out at random, 0 (none) to
    /// 256. Default 0.
    /// </summary>
    public int CropPadding { get; init; }

    /// <summary>How often an image is mirrored from left to right, 0 to 1. Default 0.</summary>
    public double FlipProbability { get; init; }

    /// <summary>Rectangles that are blanked out after normalisation; null for none. Default null.</summary>
    public RandomErasing? Erasing { get; init; }

    /// <summary>Whether images stay as they are.</summary>
    [JsonIgnore]
    public bool IsNone => CropPadding == 0 && FlipProbability == 0 && Erasing is null;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(Problems(), "The augmentation's settings are out of range");

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(CropPadding is >= 0 and <= 256, nameof(CropPadding), CropPadding, "0 to 256"),
        SettingProblem.Unless(FlipProbability is >= 0 and <= 1, nameof(FlipProbability), FlipProbability, "a number from 0 to 1"),
        .. Erasing?.Problems() ?? [],
    ];
}

/// <summary>
/// Blanks out a rectangle of random size, shape and place: Zhong, Zheng, Kang, Li and Yang, Random Erasing Data Augmentation
/// (arXiv:1708.04896). The rectangle gets the value 0 after normalisation, which is the mean of its channel.
/// </summary>
public sealed record RandomErasing
{
    /// <summary>How often an image is touched at all, 0 to 1. Default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    /// <summary>Smallest share of the image's area, 0 to <see cref="LargestShare"/>. Default 0.02.</summary>
    public double SmallestShare { get; init; } = 0.02;

    /// <summary>Largest share of the image's area, at most 1. Default 0.4.</summary>
    public double LargestShare { get; init; } = 0.4;

    /// <summary>Smallest ratio of height to width, above 0 and at most <see cref="LargestRatio"/>. Default 0.3.</summary>
    public double SmallestRatio { get; init; } = 0.3;

    /// <summary>Largest ratio of height to width, finite. Default 3.3.</summary>
    public double LargestRatio { get; init; } = 3.3;

    internal IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(Probability is >= 0 and <= 1, "Erasing.Probability", Probability, "a number from 0 to 1"),
        SettingProblem.Unless(SmallestShare >= 0 && SmallestShare <= LargestShare, "Erasing.SmallestShare", SmallestShare, "a number from 0 to the largest share"),
        SettingProblem.Unless(LargestShare <= 1, "Erasing.LargestShare", LargestShare, "a number up to 1"),
        SettingProblem.Unless(SmallestRatio > 0 && SmallestRatio <= LargestRatio, "Erasing.SmallestRatio", SmallestRatio, "a number above 0, up to the largest ratio"),
        SettingProblem.Unless(double.IsFinite(LargestRatio), "Erasing.LargestRatio", LargestRatio, "a finite number"),
    ];
}
