using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

/// <summary>What a comparison is to do; the contents of recipe.json in its folder.</summary>
public sealed record ComparisonRecord : SeriesRecord
{
    /// <summary>The recipe, with what the command line changed in it.</summary>
    public required ComparisonRecipe Recipe { get; init; }

    /// <summary>The data's classes and shape when it was begun.</summary>
    public required DataShape Data { get; init; }
}
