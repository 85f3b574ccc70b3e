using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Cli.Processes;
using SparseHybrid.Comparisons;
using SparseHybrid.Deploy.Comparisons;
using SparseHybrid.Deploy.Report;
using SparseHybrid.Runs;

namespace SparseHybrid.Cli.Commands;

/// <summary>Trains the arms of a recipe with equal budgets, and says with figures which of them is better.</summary>
internal static class CompareCommand
{
    private const string PageName = "compare.html";

    private static readonly Argument<string?> Recipe = new("RECIPE")
    {
        Description = "Name of a recipe that is shipped (--list), or a JSON file with one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> List = new("--list") { Description = "List the recipes that are shipped, and do nothing else. Default: off." };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Check the recipe and print its runs, their epochs and an estimate of the time, and train nothing. Default: off.",
    };

    private static readonly RecipeChanges Changes = new();

    private static readonly Setting<long> Jobs = SeriesSettings.Jobs();

    private static readonly SpeedSettings Speed = new();

    private static readonly Setting<string?> Out = Settings.Place(
        "--out", "FOLDER", "Folder to write the comparison to; it must not exist yet. Default: runs/compare-<recipe>-<date>-<time>.");

    private static readonly Setting<string?> Resume = Settings.Place(
        "--resume",
        "COMPARISON",
        "Go on with the comparison in this folder: runs that are done stay, runs that were interrupted go on to the same bits, runs that are "
            + "damaged or failed are tried again. A RECIPE given beside it must be the one that the folder was begun with.");

    public static Command Create()
    {
        var command = new Command(
            "compare", "Trains the methods of a recipe at several sparsities and seeds with equal budgets, and writes a table with means, spread and significance.")
        {
            Recipe,
            List,
            DryRun,
        };
        foreach (var option in Changes.All)
        {
            command.Add(option);
        }

        command.Add(Jobs);
        foreach (var option in Speed.All)
        {
            command.Add(option);
        }

        command.Add(Out);
        command.Add(Resume);
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse compare --list",
            "./sparse compare fashion-lenet-300-100 --dry-run",
            "./sparse compare fashion-lenet-300-100 --seeds 2 --targets 0.96 --methods gradual-pruning,rigl --out runs/versus",
            "./sparse compare --resume runs/versus",
            "./sparse compare --resume runs/versus --measure");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        if (result.GetValue(List))
        {
            RecipeTables.ShowAll(terminal);
        }
        else if (result.GetValue(DryRun))
        {
            var recipe = Changed(result);
            RecipeTables.ShowPlan(terminal, recipe, ComparisonPlan.Of(recipe, DataShape.Expected(recipe)), (int)Jobs.Read(result));
        }
        else
        {
            var speed = Speed.Read(result);
            var (folder, name) = Resume.Read(result) is { } former ? (Reopen(result, former), former) : Begin(result);
            Compare(folder, name, (int)Jobs.Read(result), speed, terminal, cancellation);
        }
    }

    private static ComparisonRecipe Changed(ParseResult result) => Changes.Apply(result, Recipes.Read(result.GetValue(Recipe)
        ?? throw new UsageException("No RECIPE is given.", "Name one, as fashion-lenet-300-100, or a JSON file; './sparse compare --list' lists those that are shipped.")));

    private static (ComparisonFolder Folder, string Name) Begin(ParseResult result)
    {
        var recipe = Changed(result);
        var name = Out.Read(result) ?? RunNames.Default($"compare-{Path.GetFileNameWithoutExtension(result.GetValue(Recipe))}");
        return (ComparisonFolder.Create(name, new ComparisonRecord { Recipe = recipe, Data = DataShape.Of(recipe), Started = TimeProvider.System.GetUtcNow() }), name);
    }

    private static ComparisonFolder Reopen(ParseResult result, string path)
    {
        SeriesJob.RequireNone(result, Changes.All.Append(Out), "A comparison");
        var folder = ComparisonFolder.Open(path);
        return result.GetValue(Recipe) is not { } recipe || folder.IsOf(Recipes.Read(recipe))
            ? folder
            : throw new UsageException(
                $"The comparison in '{path}' was begun with other settings than those of '{recipe}'.", "Leave the recipe out to go on with it, or begin anew in another folder.");
    }

    private static void Compare(ComparisonFolder folder, string name, int jobs, ComparisonMeasurementOptions? speed, Terminal terminal, CancellationToken cancellation)
    {
        var job = new SeriesJob("compare", name);
        var found = job.Interruptible(() => SweepDisplay.Run(
            terminal, folder.Plan.Epochs, progress => Comparison.Run(folder, new ChildTrainer(jobs), progress, cancellation)));
        var report = speed is null ? found : job.Interruptible(() => Measure(folder, found, speed, terminal, cancellation));
        var page = Path.Combine(name, PageName);
        AtomicFile.WriteText(page, ComparisonPage.Of(folder.Record, report).ToHtml());
        if (!terminal.IsJson)
        {
            CompareSummary.Show(terminal, report, name, page);
        }

        terminal.Json(new CompareJson(name, page, report.Planned, report.Runs.Count, report.Rows, report.Pairs, report.Verdict, report.LeftOut, report.Failed, report.Speed));
        job.RequireAll(report.Planned, report.Failed);
    }

    // Results without size and speed are worth having: what stands in the way is only told.
    private static ComparisonReport Measure(
        ComparisonFolder folder, ComparisonReport report, ComparisonMeasurementOptions options, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            return terminal.While("Measuring size and speed ...", progress => ComparisonMeasurement.Run(folder, report, options, progress, cancellation));
        }
        catch (SparseHybridException error)
        {
            terminal.Notice($"Size and speed were not measured. {error.Message}");
            return report;
        }
    }
}
