using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Cli.Processes;
using SparseHybrid.Deploy;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Runs;

namespace SparseHybrid.Cli.Commands;

/// <summary>Times .onnx models against each other.</summary>
internal static class BenchCommand
{
    private static readonly BenchmarkOptions Defaults = new() { Models = [] };

    private static readonly Argument<string[]> Models = new("MODEL")
    {
        Description = "The .onnx files. The others are compared with the first.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Setting<ExecutionProvider> Provider = Settings.Choice(
        "--provider",
        ExecutionProvider.Cpu,
        "ONNX Runtime's execution provider. Default: cpu.",
        ("cpu", ExecutionProvider.Cpu),
        ("cuda", ExecutionProvider.Cuda));

    private static readonly Setting<IReadOnlyList<int>> Threads = Lists.Wholes(
        "--threads", [1], "COUNTS", "Threads that share the work of one operator, 1 or more; each of a list, as 1,2,4. Default: 1.", least: 1, most: 1024);

    private static readonly Setting<IReadOnlyList<int>> Batches = Lists.Wholes(
        "--batch", [1], "COUNTS", "Inputs in one run, 1 or more; each of a list, as 1,16,64, with each number of threads. Default: 1.", least: 1, most: int.MaxValue);

    private static readonly Setting<IReadOnlyList<int>> Pin = Lists.Wholes(
        "--pin", [], "PROCESSORS", "Processors to keep the threads on, from 0, the first thread on the first: as 0,2 for two threads. Default: the system chooses.", least: 0, most: 1023);

    private static readonly Setting<string> Transfers = Settings.Choice(
        "--transfers", "timed", "Whether copies between main memory and the GPU are part of the time (--provider cuda). Default: timed.", ["timed", "untimed"]);

    private static readonly Setting<long[]?> Input = Settings.Sizes(
        "--input", "Sizes of one input without the batch, as 3x224x224, for models that leave them open. Default: as the models say.");

    private static readonly Setting<double> Seconds = Settings.Real(
        "--seconds",
        Defaults.SecondsPerModel,
        "Time to measure each model, in seconds, above 0, for every combination of threads and batch; less where 2000 runs a turn take less. Default: 2.",
        value => value is > 0 and <= 86_400,
        "a number of seconds above 0, at most 86400");

    private static readonly Setting<long> Rounds = Settings.Whole(
        "--rounds", Defaults.Rounds, $"Turns that the models take within that time, 1 or more. Default: {Defaults.Rounds}.", least: 1, most: 100_000);

    private static readonly Setting<double> Tolerance = Settings.Real(
        "--tolerance",
        Defaults.OutputTolerance,
        "How far outputs may be from the first model's, as a share of its largest output, 0 or more. Default: 1e-4.",
        value => value >= 0,
        "a share of 0 or more");

    private static readonly Option<bool> AllowDifferent = new("--allow-different")
    {
        Description = "Measure models too whose outputs differ from the first model's or cannot be compared with them. Default: off.",
    };

    private static readonly Setting<string> Memory = Settings.Choice(
        "--memory", "on", "Whether to measure peak memory, each model in a process of its own. Default: on.", ["on", "off"]);

    private static readonly Setting<string?> CsvFile = Settings.Place("--csv", "FILE", "Write the figures there as CSV as well. Default: not written.");

    private static readonly Setting<string?> MarkdownFile = Settings.Place("--markdown", "FILE", "Write the tables there as Markdown as well. Default: not written.");

    public static Command Create()
    {
        var command = new Command("bench", "Measures latency, throughput, memory and size of .onnx models under ONNX Runtime, taking turns between them.")
        {
            Models,
            Provider,
            Threads,
            Batches,
            Pin,
            Transfers,
            Input,
            Seconds,
            Rounds,
            Tolerance,
            AllowDifferent,
            Memory,
            CsvFile,
            MarkdownFile,
            BenchKernelsCommand.Create(),
            BenchStepCommand.Create(),
            BenchDataCommand.Create(),
            BenchTrainCommand.Create(),
            BenchMemoryCommand.Create(),
        };
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse bench dense.onnx shrunk.onnx --batch 1,64",
            "./sparse bench a.onnx b.onnx --threads 1,2 --pin 0,1 --markdown table.md",
            "./sparse bench model.onnx --input 3x224x224 --threads 4 --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var (threads, batches) = (Threads.Read(result), Batches.Read(result));
        var options = new BenchmarkOptions
        {
            Models = result.GetValue(Models)!,
            Provider = Provider.Read(result),
            Processors = Pin.IsGiven(result) ? Processors(result, threads.Max()) : null,
            SampleShape = Input.Read(result),
            TransfersAreTimed = Transfers.Read(result) == "timed",
            SecondsPerModel = Seconds.Read(result),
            Rounds = (int)Rounds.Read(result),
            OutputTolerance = Tolerance.Read(result),
            AllowDifferentOutputs = result.GetValue(AllowDifferent),
            MemoryMeter = Memory.Read(result) == "on" ? new ChildMemoryMeter() : null,
        };
        CheckPlace(CsvFile.Read(result));
        CheckPlace(MarkdownFile.Read(result));
        var reports = BenchmarkDisplay.Run(terminal, "Measuring", progress => BenchmarkSeries.Run(options, threads, batches, progress, cancellation));
        if (!terminal.IsJson)
        {
            BenchmarkTables.Show(terminal, reports);
        }

        WriteTo(CsvFile.Read(result), () => BenchmarkCsv.Write(reports));
        WriteTo(MarkdownFile.Read(result), () => BenchmarkMarkdown.Write(reports));
        terminal.Json(BenchmarkJson.Write(reports));
    }

    private static IReadOnlyList<int> Processors(ParseResult result, int threads)
    {
        var processors = Pin.Read(result);
        return processors.Count >= threads
            ? processors
            : throw new UsageException(
                $"{Pin.Given(result)} names {processors.Count} processors; {threads} threads need as many.", "Name one for each of the most threads.");
    }

    // Found before the measurement, not after it.
    private static void CheckPlace(string? file)
    {
        if (file is not null && (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))))
        {
            throw new BenchmarkException(
                $"Cannot write '{file}'.", Directory.Exists(file) ? "It is a folder." : "Its folder does not exist.", "Name a file in a folder that exists.");
        }
    }

    private static void WriteTo(string? file, Func<string> text)
    {
        if (file is not null)
        {
            AtomicFile.WriteText(file, text());
        }
    }
}
