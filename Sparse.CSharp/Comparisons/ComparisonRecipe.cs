using System.Text.Json.Nodes;
using SparseHybrid.Configuration;

namespace SparseHybrid.Comparisons;

/// <summary>What a comparison consists of, as a JSON file describes it. Immutable.</summary>
public sealed record ComparisonRecipe
{
    private const string Advice = "docs/comparisons/README.md says what each key means; 'compare --list' names the recipes that are shipped.";

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What is compared, and how settings were chosen, in a few sentences.</summary>
    public string About { get; init; } = "";

    /// <summary>What it is to find out. Default: whether the subject is more accurate.</summary>
    public ComparisonClaim Claim { get; init; } = ComparisonClaim.MoreAccurate;

    /// <summary>Where arms are compared. Default: at each share of zeros asked for.</summary>
    public ComparisonLevels CompareAt { get; init; } = ComparisonLevels.Targets;

    /// <summary>Shares of zeros that arms are asked for, each above 0 and below 1. Default none.</summary>
    public IReadOnlyList<double> Targets { get; init; } = [];

    /// <summary>Shares of zero filters or kernels to compare at, each above 0 and below 1. Default none.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [];

    /// <summary>Seeds, each once; runs of one seed share data order and, for one network, initial weights.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>What all arms have in common, as a file for <c>train --config</c>. Default: nothing.</summary>
    public JsonObject Training { get; init; } = [];

    /// <summary>The contestants.</summary>
    public required IReadOnlyList<RecipeArm> Arms { get; init; }

    /// <summary>Processor seconds of an epoch, one thread, measured where the recipe was written; null: not known. For estimates only.</summary>
    public double? SecondsPerEpoch { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, or something in it cannot be used; all problems of a kind are listed.</exception>
    public static ComparisonRecipe Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), $"'{path}'");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(path, $"Cannot read '{path}'.", error.Message, "Name a JSON file with a recipe; 'compare --list' names those that are shipped.", error);
        }
    }

    /// <summary>Reads a recipe from JSON; comments and trailing commas are allowed.</summary>
    /// <param name="json">An object.</param>
    /// <param name="source">What it was read from, for errors.</param>
    /// <exception cref="ConfigurationException">As <see cref="Read"/>.</exception>
    public static ComparisonRecipe Parse(string json, string source)
    {
        var file = new SettingsFile(source, Advice);
        var recipe = file.Read<ComparisonRecipe>(file.ParseObject(json));
        file.ThrowIfAny([.. RecipeCheck.Problems(recipe)]);
        return recipe;
    }

    /// <summary>The training settings of an arm: the recipe's, over them its own, and the method that its name means where it sets none.</summary>
    /// <exception cref="ConfigurationException">A setting is unknown or of the wrong kind.</exception>
    internal TrainingConfiguration SettingsOf(RecipeArm arm)
    {
        var common = TrainingConfiguration.Parse(Training.ToJsonString(), "'training' of the recipe", RecipeDefaults());
        var own = (JsonObject)arm.Training.DeepClone();
        var options = own["options"] as JsonObject ?? [];
        if (!options.ContainsKey("method"))
        {
            options["method"] = new JsonObject { ["name"] = arm.EqualSize ? "sgd" : arm.Name };
            own["options"] = options;
        }

        return TrainingConfiguration.Parse(own.ToJsonString(), $"the arm '{arm.Name}' of the recipe", common);
    }

    // A thread a run: runs share the machine, and bits depend on the number of threads.
    private static TrainingConfiguration RecipeDefaults()
    {
        var defaults = new TrainingConfiguration();
        return defaults with { Options = defaults.Options with { Threads = 1 } };
    }
}
