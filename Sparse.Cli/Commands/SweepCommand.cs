using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Cli.Processes;
using SparseHybrid.Deploy.Report;
using SparseHybrid.Runs;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Cli.Commands;

/// <summary>Trains along a path of penalties or sparsities, with several seeds, and shows accuracy against zeros.</summary>
internal static class SweepCommand
{
    private const string PageName = "front.html";

    private static readonly TrainingSettings Training = new(lambda: 5e-6, epochs: 10, threads: 1);

    private static readonly SweepSettings Path = new();

    private static readonly Setting<long> Jobs = SeriesSettings.Jobs();

    private static readonly Setting<string?> Out = Settings.Place(
        "--out", "FOLDER", "Folder to write the sweep to; it must not exist yet. Default: runs/sweep-<model>-<date>-<time>.");

    private static readonly Setting<string?> Resume = Settings.Place(
        "--resume",
        "SWEEP",
        "Go on with the sweep in this folder: runs that are done stay, runs that were interrupted go on to the same bits, runs that are damaged "
            + "or failed are tried again.");

    // What the sweep varies takes the place of the single setting of the same name; --seeds that of --seed.
    private static IEnumerable<Option> OfTheSweep =>
        [.. Path.All, .. Training.All.ExceptBy([.. Path.All.Select(option => option.Name), "--seed"], option => option.Name), Out];

    public static Command Create()
    {
        var command = new Command(
            "sweep", "Trains along a path of penalties or sparsities with several seeds, and writes accuracy against zeros as a plot, JSON and CSV.");
        foreach (var option in OfTheSweep)
        {
            command.Add(option);
        }

        command.Add(Jobs);
        command.Add(Resume);
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse sweep --lambda 1e-6:1e-4:5 --seeds 3",
            "./sparse sweep --target-sparsity 0.9,0.96,0.99 --method xrda,proximal-sgd --seeds 5 --epochs 10 --json",
            "./sparse sweep --lambda 1e-6,5e-6,2e-5 --warm-start on --out runs/path",
            "./sparse sweep --resume runs/path");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var (folder, name) = Resume.Read(result) is { } former ? (Reopen(result, former), former) : Begin(result);
        var job = new SeriesJob("sweep", name);
        var report = job.Interruptible(() => Train(folder, (int)Jobs.Read(result), terminal, cancellation));
        var page = System.IO.Path.Combine(name, PageName);
        AtomicFile.WriteText(page, FrontPage.Of(folder.Record, report, folder.EnvironmentOf(report.Runs)).ToHtml());
        if (!terminal.IsJson)
        {
            SweepSummary.Show(terminal, report, name, page);
        }

        terminal.Json(new SweepJson(name, page, report.Planned, report.Runs, report.Front, report.Failed));
        job.RequireAll(report.Planned, report.Failed);
    }

    private static (SweepFolder Folder, string Name) Begin(ParseResult result)
    {
        var common = Training.Configuration(result, Path.FirstTarget(result));
        var name = Out.Read(result) ?? RunNames.Default($"sweep-{common.Model}");
        var record = new SweepRecord
        {
            Sweep = Path.Read(result, common.Options.Method, method => Training.Method(result, common, method)),
            Training = common.ForRun(name),
            Started = TimeProvider.System.GetUtcNow(),
        };
        try
        {
            return (SweepFolder.Create(name, record), name);
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message, "See './sparse sweep --help' for what each option takes.");
        }
    }

    private static SweepFolder Reopen(ParseResult result, string path)
    {
        SeriesJob.RequireNone(result, OfTheSweep, "A sweep");
        return SweepFolder.Open(path);
    }

    private static SweepReport Train(SweepFolder folder, int jobs, Terminal terminal, CancellationToken cancellation)
    {
        var epochs = folder.Runs.ToDictionary(run => run.Name, _ => folder.Record.Training.Options.Epochs);
        return SweepDisplay.Run(terminal, epochs, progress => Sweep.Run(folder, new ChildTrainer(jobs), progress, cancellation));
    }
}
