using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Comparisons;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that change a recipe.</summary>
internal sealed class RecipeChanges
{
    private readonly Setting<(long[] Listed, int Count)?> seeds = Lists.SeedsOrCount(
        "--seeds", "How many seeds, 1, 2 and so on, or the seeds themselves, two or more, as 5,6,7. Default: those of the recipe.");

    private readonly Setting<IReadOnlyList<double>?> targets = Lists.Targets(
        "--targets",
        "Shares of zeros to compare at, above 0 and below 1: a list as 0.9,0.96,0.99, or FIRST:LAST:COUNT with equal ratios of what is left. Default: those of the recipe.");

    private readonly Setting<string?> methods = new("--methods", null, "Arms of the recipe to compare its subject with, a list of their names. Default: all of them.", token => (token, null))
    {
        HelpName = "NAMES",
    };

    private readonly Setting<string?> dataFolder = Settings.Place("--data-folder", "FOLDER", "Folder of the data's files. Default: that of the recipe, or where 'data list' finds them.");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [seeds, targets, methods, dataFolder];

    /// <summary>The recipe with what the command line says of it.</summary>
    /// <exception cref="UsageException">An arm is named that the recipe does not have.</exception>
    public ComparisonRecipe Apply(ParseResult result, ComparisonRecipe recipe)
    {
        var training = (JsonObject)recipe.Training.DeepClone();
        if (dataFolder.Read(result) is { } folder)
        {
            training["dataFolder"] = Path.GetFullPath(folder);
        }

        return recipe with
        {
            Seeds = seeds.Read(result) is { } asked ? asked.Listed.Length > 0 ? asked.Listed : [.. Enumerable.Range(1, asked.Count).Select(seed => (long)seed)] : recipe.Seeds,
            Targets = targets.Read(result) ?? recipe.Targets,
            Arms = methods.Read(result) is { } names ? Chosen(recipe, names.Split(',')) : recipe.Arms,
            Training = training,
        };
    }

    private static IReadOnlyList<RecipeArm> Chosen(ComparisonRecipe recipe, string[] names)
    {
        if (Array.Find(names, name => recipe.Arms.All(arm => arm.Name != name)) is { } unknown)
        {
            throw new UsageException(
                $"--methods names '{unknown}', which is no arm of the recipe.", $"Its arms are: {string.Join(", ", recipe.Arms.Select(arm => arm.Name))}.");
        }

        return [.. recipe.Arms.Where(arm => arm.Role is ArmRole.Subject or ArmRole.Start || names.Contains(arm.Name))];
    }
}
