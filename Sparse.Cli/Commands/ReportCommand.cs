using System.CommandLine;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Report;
using SparseHybrid.Runs;

namespace SparseHybrid.Cli.Commands;

/// <summary>Writes what there is to see of one run or several as one HTML file.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string[]> Runs = new("RUN")
    {
        Description = "Folders of runs; several are compared.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> NoBench = new("--no-bench")
    {
        Description = "Export and time nothing: show the sizes of the .onnx files that are beside the runs already. Default: off.",
    };

    private static readonly Setting<long> Batch = Settings.Whole("--batch", 1, "Inputs in a timed run of a model, 1 or more. Default: 1.", least: 1);

    private static readonly Setting<long> Threads = Settings.Whole(
        "--threads", 1, "Processor threads to time models and to judge the test data with, 1 or more. Default: 1.", least: 1, most: 1024);

    private static readonly Setting<string?> Out = Settings.Place(
        "--out", "FILE", "The .html file to write; one that exists is replaced. Default: RUN/report.html, for several runs in the folder that holds the first.");

    public static Command Create()
    {
        var command = new Command(
            "report",
            "Writes one HTML file that opens offline: settings, curves, zeros by layer, weights, size and speed, mistakes; of several runs how they compare.")
        {
            Runs,
            NoBench,
            Batch,
            Threads,
            Out,
        };
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse report runs/first",
            "./sparse report runs/path/runs/* --out path.html",
            "./sparse report runs/first runs/second --batch 64 --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var runs = result.GetValue(Runs)!;
        var file = Out.Read(result) ?? Path.Combine(runs.Length == 1 ? runs[0] : Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(runs[0])) ?? "", RunReport.FileName);
        var options = new RunReportOptions
        {
            MakesForms = !result.GetValue(NoBench),
            IsTimed = !result.GetValue(NoBench),
            Batch = (int)Batch.Read(result),
            Threads = (int)Threads.Read(result),
        };
        AtomicFile.WriteText(file, RunReport.Of(runs, options, new Remarks(terminal), cancellation).ToHtml());
        if (!terminal.IsJson)
        {
            terminal.Line($"{file}  {Format.Bytes(new FileInfo(file).Length)}");
        }

        terminal.Json(new ReportJson(file));
    }

    // Progress<T> would report on other threads, after the fact.
    private sealed class Remarks(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.Remark($"{value} ...");
    }
}
