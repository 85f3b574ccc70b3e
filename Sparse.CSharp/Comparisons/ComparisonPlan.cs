using SparseHybrid.Configuration;
using SparseHybrid.Models;
using SparseHybrid.Sweeps;
using SparseHybrid.Training;

namespace SparseHybrid.Comparisons;

/// <summary>The runs of a comparison in the order in which they are begun, and the arms that cannot take part.</summary>
public sealed class ComparisonPlan
{
    private readonly ComparisonRecipe recipe;
    private readonly DataShape shape;
    private readonly Dictionary<(string Arm, double Share), (string Model, ModelSettings Settings)> sizes = [];

    private ComparisonPlan(ComparisonRecipe recipe, DataShape shape)
    {
        (this.recipe, this.shape) = (recipe, shape);
        var checks = recipe.Arms.Select(arm => (Arm: Resolve(arm), Misfit: Misfit(arm))).ToList();
        Arms = [.. checks.Where(check => check.Misfit is null).Select(check => check.Arm)];
        LeftOut = [.. checks.Where(check => check.Misfit is not null).Select(check => new LeftOutArm(check.Arm.Name, check.Misfit!))];
        CheckBudgets();
        Runs = [.. Order()];
    }

    /// <summary>Every run: starts first, then value by value, so that a whole level is there early.</summary>
    public IReadOnlyList<ComparisonRun> Runs { get; }

    /// <summary>Arms that cannot take part, with the reason.</summary>
    public IReadOnlyList<LeftOutArm> LeftOut { get; }

    /// <summary>The arms that take part.</summary>
    internal IReadOnlyList<ComparisonArm> Arms { get; }

    /// <summary>Lays out the runs.</summary>
    /// <exception cref="ConfigurationException">The recipe cannot be used.</exception>
    public static ComparisonPlan Of(ComparisonRecipe recipe, DataShape shape)
    {
        var plan = new ComparisonPlan(recipe, shape);
        foreach (var run in plan.Runs)
        {
            try
            {
                plan.SettingsOf(run, "run", start => start).Options.Validate();
            }
            catch (ArgumentException error)
            {
                throw Unusable($"The run '{run.Name}': {error.Message}", error);
            }
        }

        return plan;
    }

    /// <summary>Epochs that a run of an arm trains itself.</summary>
    internal int EpochsOf(ComparisonRun run) => ArmOf(run).Settings.Options.Epochs;

    /// <summary>Epochs of training of every run, by name.</summary>
    public IReadOnlyDictionary<string, int> Epochs => Runs.ToDictionary(run => run.Name, EpochsOf);

    /// <summary>The settings of a run.</summary>
    /// <param name="run">One of <see cref="Runs"/>.</param>
    /// <param name="path">Its run folder.</param>
    /// <param name="weightsOf">Path of the trained weights of the run of a name.</param>
    internal TrainingRunSettings SettingsOf(ComparisonRun run, string path, Func<string, string> weightsOf)
    {
        var arm = ArmOf(run);
        var (settings, options) = (arm.Settings.ForRun(path), arm.Settings.Options with { Seed = run.Seed });
        options = options.WithMethod(options.Method);
        if (arm.EqualSize)
        {
            var (model, narrow) = SizeOf(arm, run.Value!.Value);
            settings = settings with { Model = model, ModelSettings = narrow };
        }
        else if (run.Value is { } value)
        {
            options = run.Variable == SweepVariable.Lambda ? options.WithStrength(value) : options.WithTargetSparsity(value);
        }

        return settings with { Options = options, Weights = run.Start is { } start ? weightsOf(start) : settings.Weights };
    }

    // Found by building networks, so not more than once.
    private (string Model, ModelSettings Settings) SizeOf(ComparisonArm arm, double share)
    {
        if (!sizes.TryGetValue((arm.Name, share), out var size))
        {
            size = EqualSize.Of(Describe(arm.Settings), share)!.Value;
            sizes.Add((arm.Name, share), size);
        }

        return size;
    }

    private ComparisonArm ArmOf(ComparisonRun run) => Arms.First(arm => arm.Name == run.Arm);

    private ComparisonArm Resolve(RecipeArm arm)
    {
        var settings = recipe.SettingsOf(arm);
        Check(arm, settings);
        var method = settings.Options.Method;
        var seeks = arm.EqualSize || (arm.Role != ArmRole.Start && (method.HasPenalty || method.PrunesToTarget));
        var values = !seeks ? [] : arm.Lambdas ?? arm.Targets ?? recipe.Targets;
        if (seeks && values.Count == 0)
        {
            throw Unusable($"The arm '{arm.Name}' has no values: give the recipe targets, or the arm targets or lambdas.");
        }

        if (arm.Lambdas is not null && !method.HasPenalty)
        {
            throw Unusable($"The arm '{arm.Name}' has lambdas, and {method.Name} has no penalty.");
        }

        SweepVariable? variable = values.Count == 0 ? null : arm.Lambdas is null ? SweepVariable.TargetSparsity : SweepVariable.Lambda;
        var before = arm.StartsFrom is { } start ? recipe.SettingsOf(recipe.Arms.First(other => other.Name == start)).Options.Epochs : 0;
        return new ComparisonArm(arm.Name, arm.Role, settings, arm.StartsFrom, variable, values, before + settings.Options.Epochs, arm.EqualSize);
    }

    private static void Check(RecipeArm arm, TrainingConfiguration settings)
    {
        try
        {
            ModelCatalog.CheckSettings(settings.Model, settings.ModelSettings);
        }
        catch (ArgumentException error)
        {
            throw Unusable($"The arm '{arm.Name}': {error.Message}", error);
        }
    }

    private string? Misfit(RecipeArm arm)
    {
        var settings = recipe.SettingsOf(arm);
        if (arm.EqualSize)
        {
            return EqualSize.HasFamily(Describe(settings)) ? null : $"The widths of {settings.Model} cannot be chosen.";
        }

        return settings.Options.Method.Misfit(() => ModelCatalog.Create(Describe(settings)));
    }

    private ModelDescription Describe(TrainingConfiguration settings) =>
        new(settings.Model, shape.Classes, shape.InputShape) { Settings = settings.ModelSettings };

    private void CheckBudgets()
    {
        var budgets = Arms.Where(arm => arm.Role != ArmRole.Start).ToList();
        if (budgets.Select(arm => arm.Epochs).Distinct().Count() > 1)
        {
            var list = string.Join(", ", budgets.Select(arm => $"{arm.Name} {arm.Epochs}"));
            throw Unusable($"The arms have unequal budgets in epochs, those of their starts included: {list}.");
        }
    }

    private IEnumerable<ComparisonRun> Order()
    {
        var byIndex =
            from index in Enumerable.Range(0, Math.Max(1, Arms.Max(arm => arm.Values.Count)))
            from arm in Arms.OrderBy(arm => arm.Role != ArmRole.Start)
            where index < Math.Max(1, arm.Values.Count)
            from seed in recipe.Seeds
            select Run(arm, arm.Values.Count == 0 ? null : arm.Values[index], seed);
        return byIndex;
    }

    private static ComparisonRun Run(ComparisonArm arm, double? value, long seed) => new(
        arm.Name,
        arm.Settings.Options.Method.Name,
        arm.Variable,
        value,
        seed,
        arm.StartsFrom is { } start ? ComparisonRun.NameOf(start, null, null, seed) : null);

    private static ConfigurationException Unusable(string why, Exception? inner = null) =>
        new("recipe", "The recipe cannot be used.", why, "Change the recipe; docs/comparisons/README.md says what each key means.", inner);
}
