using System.CommandLine;
using System.Globalization;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Report;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Commands;

/// <summary>
/// The whole line in about a minute: one network trained twice with the same settings, without and with the penalty, both
/// exported, checked and timed.
/// </summary>
internal static class DemoCommand
{
    private static readonly int[] Batches = [1, 64];

    // About 99 % zeros: units die, so that the shrunk model is several times smaller and faster, for one or two points of accuracy.
    private static readonly TrainingSettings Training = new(lambda: 2e-5, epochs: 10, threads: 1);

    private static readonly RunReportOptions Report = new() { MakesForms = false, SecondsPerForm = 0.3 };

    private static readonly Setting<string?> Out = Settings.Place(
        "--out", "FOLDER", "Folder for both runs and their models; it must not exist yet. Default: runs/demo-<date>-<time>.");

    public static Command Create()
    {
        var command = new Command(
            "demo",
            "Trains LeNet-300-100 on Fashion-MNIST dense and sparse, exports both to ONNX, compares accuracy, size and speed, and writes a report. About a minute.");
        foreach (var option in Training.OfDemonstration)
        {
            command.Add(option);
        }

        command.Add(Out);
        command.SetJob(Run);
        HelpWithExamples.Add(command, "./sparse demo", "./sparse demo --lambda 5e-6", "./sparse demo --epochs 2 --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var folder = Out.Read(result) ?? RunNames.Default("demo");
        RunFolder.CheckFree(folder);
        var sparseSettings = Training.ForRun(result, Path.Combine(folder, "sparse"));
        var denseSettings = sparseSettings with
        {
            RunPath = Path.Combine(folder, "dense"),
            Options = sparseSettings.Options.WithStrength(0),
        };
        Announce(terminal, sparseSettings.Options);
        var dense = TrainingJob.Start(denseSettings, "Dense", terminal, cancellation);
        var sparse = TrainingJob.Start(sparseSettings, "Sparse", terminal, cancellation);
        var models = DemoModels.Export(dense, sparse, terminal, cancellation);
        var timings = Measure(models, terminal, cancellation);
        var page = Path.Combine(folder, RunReport.FileName);
        var report = terminal.While("Writing the report ...", () => RunReport.Of([sparse.Path, dense.Path], Report, cancellationToken: cancellation));
        AtomicFile.WriteText(page, report.ToHtml());
        Finish(terminal, models, timings, folder, page);
        terminal.Json(new DemoJson(sparse.ToJson(), models[^1].ToJson(), timings[^1].Results[^1].Speedup));
    }

    private static IReadOnlyList<BenchmarkReport> Measure(IReadOnlyList<DemoModel> models, Terminal terminal, CancellationToken cancellation)
    {
        var options = new BenchmarkOptions
        {
            Models = [.. models.Select(model => model.File)],
            SecondsPerModel = 1,
            AllowDifferentOutputs = true, // the dense network has other weights; each model was compared with its own
        };
        return BenchmarkDisplay.Run(
            terminal, "Timing", progress => BenchmarkSeries.Run(options, [options.Threads], Batches, progress, cancellation));
    }

    private static void Announce(Terminal terminal, SparseTrainerOptions options)
    {
        terminal.Remark("LeNet-300-100 on Fashion-MNIST, trained twice alike: without a penalty (dense),");
        terminal.Remark(FormattableString.Invariant(
            $"and by adaptive xRDA with lambda {options.Strength:0.#e-0} (sparse); {options.Epochs} epochs each, seed {options.Seed}."));
        terminal.Remark("");
    }

    private static void Finish(Terminal terminal, IReadOnlyList<DemoModel> models, IReadOnlyList<BenchmarkReport> timings, string folder, string page)
    {
        if (terminal.IsJson)
        {
            return;
        }

        terminal.Line();
        terminal.Table(DemoTable.Create(Batches, models.Select((model, index) => model.ToRow(
            [.. timings.Select(timing => (timing.Results[index].Latency.MedianMicroseconds, timing.Results[index].Speedup))]))));
        var environment = timings[0].Environment;
        terminal.Line("shrunk    the sparse network without the units that no longer do anything");
        terminal.Line("zeros     of all weights that the penalty applies to");
        terminal.Line("batch     median time of a run and how many times faster than dense it is,");
        terminal.Line($"          in ONNX Runtime {environment.OnnxRuntime} on one thread of {environment.Processor}");
        terminal.Line($"checked   {Checked(models)}");
        timings.SelectMany(timing => timing.Warnings).Distinct().ToList().ForEach(warning => terminal.Line($"warning   {warning}"));
        terminal.Line();
        ShowFiles(terminal, folder);
        terminal.Line();
        terminal.Line($"All of this as a page with plots: {page}");
    }

    private static string Checked(IReadOnlyList<DemoModel> models)
    {
        var difference = models.Max(model => model.Export.MaxAbsDifference).ToString("0.0e-0", CultureInfo.InvariantCulture);
        return $"on {models.Min(model => model.Export.SamplesCompared)} test images no logit is further than {difference} from libtorch's";
    }

    private static void ShowFiles(Terminal terminal, string folder)
    {
        terminal.Line("Files written, beside checkpoints:");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(file => !file.Contains("/checkpoints/", StringComparison.Ordinal) && !Path.GetFileName(file).StartsWith('.')).Order())
        {
            terminal.Line($"  {Format.Bytes(new FileInfo(file).Length),9}  {file}");
        }
    }
}
