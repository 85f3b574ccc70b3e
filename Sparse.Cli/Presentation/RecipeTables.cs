using SparseHybrid.Cli.Options;
using SparseHybrid.Comparisons;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Recipes and what they would do, for people and as JSON.</summary>
internal static class RecipeTables
{
    // Loading libtorch and the data, of every run.
    private const double SecondsToStart = 2;

    /// <summary>The recipes that are shipped.</summary>
    public static void ShowAll(Terminal terminal)
    {
        var recipes = Recipes.Names.Select(name => new RecipeEntry(name, Recipes.Read(name).Title)).ToList();
        if (!terminal.IsJson)
        {
            terminal.Lines(recipes.Select(recipe => $"{recipe.Name.PadRight(recipes.Max(other => other.Name.Length))}  {recipe.Title}"));
        }

        terminal.Json(new RecipesJson(recipes));
    }

    /// <summary>The runs of a recipe.</summary>
    public static void ShowPlan(Terminal terminal, ComparisonRecipe recipe, ComparisonPlan plan, int jobs)
    {
        var epochs = plan.Epochs;
        var seconds = recipe.SecondsPerEpoch is { } epoch ? (epochs.Values.Sum() * epoch + epochs.Count * SecondsToStart) / jobs : (double?)null;
        if (!terminal.IsJson)
        {
            terminal.Line(recipe.Title);
            terminal.Table(Arms(plan));
            terminal.Lines(plan.LeftOut.Select(arm => $"left out: {arm.Arm}. {arm.Reason}"));
            terminal.Line($"{plan.Runs.Count} runs, {epochs.Values.Sum()} epochs{(seconds is { } time ? $", about {Format.Duration(TimeSpan.FromSeconds(time))} with {jobs} at a time on a machine as the recipe's, otherwise idle" : "")}");
        }

        terminal.Json(new DryRunJson(recipe.Title, [.. plan.Runs.Select(run => new DryRunEntry(run.Name, epochs[run.Name]))], epochs.Values.Sum(), seconds, plan.LeftOut));
    }

    private static Table Arms(ComparisonPlan plan)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("arm");
        table.AddColumn("method");
        foreach (var heading in new[] { "values", "seeds", "runs", "epochs of a run" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var arm in plan.Runs.GroupBy(run => run.Arm))
        {
            table.AddRow(
                Markup.Escape(arm.Key),
                Markup.Escape(arm.First().Method),
                arm.First().Value is null ? "–" : $"{arm.Select(run => run.Value).Distinct().Count()}",
                $"{arm.Select(run => run.Seed).Distinct().Count()}",
                $"{arm.Count()}",
                $"{plan.Epochs[arm.First().Name]}");
        }

        return table;
    }
}
