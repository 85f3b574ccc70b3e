using System.Text.Json.Nodes;

namespace SparseHybrid.Comparisons;

/// <summary>One contestant of a recipe: a method with its settings. Immutable.</summary>
public sealed record RecipeArm
{
    /// <summary>Its name in tables and run folders: letters, digits and hyphens. It is the method too, where <see cref="Training"/> names none.</summary>
    public required string Name { get; init; }

    /// <summary>What it is there for. Default a comparator.</summary>
    public ArmRole Role { get; init; } = ArmRole.Comparator;

    /// <summary>Name of the arm whose weights it begins with, seed by seed; null: random weights. Default null.</summary>
    public string? StartsFrom { get; init; }

    /// <summary>Strengths of the penalty, in place of the recipe's shares of zeros; null: those. Default null.</summary>
    public IReadOnlyList<double>? Lambdas { get; init; }

    /// <summary>Shares of zeros of its own, in place of the recipe's; null: those. Default null.</summary>
    public IReadOnlyList<double>? Targets { get; init; }

    /// <summary>Is it a dense network with about as many parameters as the sparse one has non-zeros? Default no.</summary>
    public bool EqualSize { get; init; }

    /// <summary>Settings that differ from those of the recipe, as a file for <c>train --config</c>. Default none.</summary>
    public JsonObject Training { get; init; } = [];
}
