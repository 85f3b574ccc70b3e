using System.Globalization;
using SparseHybrid.Configuration;
using SparseHybrid.Methods;

namespace SparseHybrid.Comparisons;

/// <summary>Whether the parts of a recipe go together.</summary>
internal static class RecipeCheck
{
    /// <summary>All problems, each a clause.</summary>
    public static IEnumerable<string> Problems(ComparisonRecipe recipe) =>
    [
        .. Values("targets", recipe.Targets, mayBeEmpty: true),
        .. Values("levels", recipe.Levels, mayBeEmpty: recipe.CompareAt is ComparisonLevels.Targets or ComparisonLevels.Best),
        .. recipe.Seeds.Count == 0 || recipe.Seeds.Distinct().Count() != recipe.Seeds.Count || recipe.Seeds.Any(seed => seed < 0)
            ? ["seeds must be whole numbers of 0 or more, at least one, each once"]
            : Array.Empty<string>(),
        .. Arms(recipe.Arms),
        .. recipe.Arms.SelectMany(arm => Arm(recipe, arm)),
    ];

    private static IEnumerable<string> Arms(IReadOnlyList<RecipeArm> arms)
    {
        var subjects = arms.Count(arm => arm.Role == ArmRole.Subject);
        if (subjects != 1)
        {
            yield return $"{subjects} arms have the role 'subject', expected one";
        }

        foreach (var twice in arms.GroupBy(arm => arm.Name).Where(group => group.Count() > 1))
        {
            yield return $"two arms are called '{twice.Key}'";
        }
    }

    private static IEnumerable<string> Arm(ComparisonRecipe recipe, RecipeArm arm)
    {
        if (arm.Name.Length == 0 || !arm.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            yield return $"an arm is called '{arm.Name}', expected letters, digits and hyphens";
        }

        var starts = recipe.Arms.Where(other => other.Role == ArmRole.Start).Select(other => other.Name).ToList();
        if (arm.StartsFrom is { } start && !starts.Contains(start))
        {
            yield return $"the arm '{arm.Name}' starts from '{start}', {(starts.Count == 0 ? "and no arm has the role 'start'" : $"which is no arm with the role 'start'; nearest is '{NearestName.Of(start, starts)}'")}";
        }

        var namesMethod = arm.EqualSize || arm.Training["options"]?["method"] is not null;
        if (!namesMethod && !MethodOptions.Names.Contains(arm.Name))
        {
            yield return $"there is no method '{arm.Name}'; nearest is '{NearestName.Of(arm.Name, MethodOptions.Names)}', or give the arm a training.options.method";
        }

        foreach (var problem in Values($"targets of '{arm.Name}'", arm.Targets ?? [], mayBeEmpty: arm.Targets is null))
        {
            yield return problem;
        }

        if (arm.Lambdas is { } lambdas && (lambdas.Count == 0 || lambdas.Distinct().Count() != lambdas.Count || lambdas.Any(value => !(value >= 0))))
        {
            yield return $"lambdas of '{arm.Name}' must be numbers of 0 or more, at least one, each once";
        }
    }

    private static IEnumerable<string> Values(string name, IReadOnlyList<double> shares, bool mayBeEmpty) =>
        shares.Any(share => share is not (> 0 and < 1)) || shares.Distinct().Count() != shares.Count || (shares.Count == 0 && !mayBeEmpty)
            ? [$"{name} is [{string.Join(", ", shares.Select(share => share.ToString(CultureInfo.InvariantCulture)))}], expected shares above 0 and below 1, each once"]
            : [];
}
