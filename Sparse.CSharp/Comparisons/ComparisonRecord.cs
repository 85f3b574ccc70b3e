namespace SparseHybrid.Comparisons;

/// <summary>What a comparison is to do; the contents of recipe.json in its folder. Written once: how far it has come, its run folders tell.</summary>
public sealed record ComparisonRecord
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the layout of this record.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The recipe, with what the command line changed in it.</summary>
    public required ComparisonRecipe Recipe { get; init; }

    /// <summary>The data's classes and shape when it was begun.</summary>
    public required DataShape Data { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset Started { get; init; }
}
