using SparseHybrid.Optimizers;

namespace SparseHybrid.Data.Folders;

/// <summary>How a folder of images becomes arrays to train on. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record ImageFolderImportOptions
{
    /// <summary>Largest height and width of an image as the network gets it, in pixels.</summary>
    public const int MostPixels = 16_384;

    /// <summary>
    /// Shape of an image as the network gets it, [H, W] or [C, H, W]; C is 1 for grey, 3 for colour. Without C it is 1 where all images are stored as grey,
    /// else 3.
    /// </summary>
    public required IReadOnlyList<long> ImageShape { get; init; }

    /// <summary>A folder of the same classes to judge by; null: the part test, validation or val of the folder itself, else a share is set aside. Default null.</summary>
    public string? TestFolder { get; init; }

    /// <summary>
    /// Share of the images of each class that is set aside to judge by, above 0 and below 1, even where the folder has a part for it; null: 0.2 where it has none.
    /// Default null.
    /// </summary>
    public double? TestShare { get; init; }

    /// <summary>Seed by which these images are drawn. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether images that cannot be read are left out; otherwise they are an error. Default false.</summary>
    public bool DropsIncomplete { get; init; }

    /// <summary>The share in force where one is set aside.</summary>
    internal double ShareSetAside => TestShare ?? 0.2;

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            SettingProblem.Unless(ShareSetAside is > 0 and < 1, nameof(TestShare), ShareSetAside, "a number above 0 and below 1"),
            TestFolder is null || TestShare is null
                ? null
                : new SettingProblem(nameof(TestShare), $"{TestShare}", $"null where {nameof(TestFolder)} is set: either images are set aside or a folder is named"),
            ImageShape is [.., >= 1 and <= MostPixels, >= 1 and <= MostPixels] and ([_, _] or [1 or 3, _, _])
                ? null
                : new SettingProblem(
                    nameof(ImageShape), $"[{string.Join(", ", ImageShape)}]", $"height and width, 1 to {MostPixels}, or 1 or 3 channels, height and width"),
        ],
        "The settings of the folder are out of range");
}
