using SparseHybrid.Optimizers;

namespace SparseHybrid.Data.Tables;

/// <summary>How a table becomes arrays to train on. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record TableImportOptions
{
    /// <summary>The column of the classes; null: the last one. Default null.</summary>
    public string? Label { get; init; }

    /// <summary>Columns that are no inputs, as identities. Default none.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>A table of the same columns to judge by; null: a share of the rows is set aside. Default null.</summary>
    public string? TestTable { get; init; }

    /// <summary>Share of the rows of each class that is set aside to judge by, above 0 and below 1. Default 0.2.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Seed by which these rows are drawn. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether rows that lack a value are left out; otherwise they are an error. Default false.</summary>
    public bool DropsIncomplete { get; init; }

    /// <summary>Shape of an image, [H, W] or [C, H, W], where the columns are its pixels, row by row; null: flat features. Default null.</summary>
    public IReadOnlyList<long>? ImageShape { get; init; }

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            SettingProblem.Unless(TestShare is > 0 and < 1, nameof(TestShare), TestShare, "a number above 0 and below 1"),
            ImageShape is null || (ImageShape.Count is 2 or 3 && ImageShape.All(size => size >= 1))
                ? null
                : new SettingProblem(nameof(ImageShape), $"[{string.Join(", ", ImageShape)}]", "height and width, or channels, height and width"),
        ],
        "The settings of the table are out of range");
}
