using System.CommandLine;
using System.Globalization;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Cli.Commands;

/// <summary>Times .onnx models against each other.</summary>
internal static class BenchCommand
{
    private const double NoticeableDifference = 1e-4; // what an export may differ by

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

    private static readonly Setting<long> Threads = Settings.Whole(
        "--threads", 1, "Threads that share the work of one operator, 1 or more. Default: 1.", least: 1, most: 1024);

    private static readonly Setting<long> Batch = Settings.Whole("--batch", 1, "Inputs in one run, 1 or more. Default: 1.", least: 1);

    private static readonly Setting<long[]?> Input = Settings.Sizes(
        "--input", "Sizes of one input without the batch, as 3x224x224, for models that leave them open. Default: as the models say.");

    private static readonly Setting<double> Seconds = Settings.Real(
        "--seconds",
        2,
        "Time to measure each model, in seconds, above 0. Default: 2.",
        value => value is > 0 and <= 86_400,
        "a number of seconds above 0, at most 86400");

    public static Command Create()
    {
        var command = new Command("bench", "Measures latency, throughput and size of .onnx models under ONNX Runtime, taking turns between them.")
        {
            Models,
            Provider,
            Threads,
            Batch,
            Input,
            Seconds,
            BenchStepCommand.Create(),
            BenchDataCommand.Create(),
            BenchTrainCommand.Create(),
        };
        command.SetJob(Run);
        HelpWithExamples.Add(command, "./sparse bench dense.onnx shrunk.onnx --batch 64", "./sparse bench model.onnx --input 3x224x224 --threads 4 --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var options = new BenchmarkOptions
        {
            Models = result.GetValue(Models)!,
            Provider = Provider.Read(result),
            Threads = (int)Threads.Read(result),
            Batch = (int)Batch.Read(result),
            SampleShape = Input.Read(result),
            SecondsPerModel = Seconds.Read(result),
            AllowDifferentOutputs = true, // they may be other networks for the same task: that is told, not refused
        };
        var report = BenchmarkDisplay.Run(terminal, "Measuring", progress => InferenceBenchmark.Run(options, progress, cancellation));
        if (!terminal.IsJson)
        {
            BenchmarkTable.Lines(report).Concat(Differences(report)).ToList().ForEach(terminal.Line);
        }

        terminal.Json(ToJson(report));
    }

    private static IEnumerable<string> Differences(BenchmarkReport report) =>
        from timing in report.Results
        where !(timing.MaxAbsDifference <= NoticeableDifference)
        let difference = timing.MaxAbsDifference.ToString("0.0e-0", CultureInfo.InvariantCulture)
        select $"note: on the same input '{timing.Model}' differs from '{report.Results[0].Model}' by up to {difference} in an output.";

    private static BenchJson ToJson(BenchmarkReport report) => new(
        report.Provider.ToString().ToLowerInvariant(),
        report.Threads,
        report.Batch,
        [.. report.Results.Select(timing => new BenchResultJson(
            timing.Model,
            timing.Latency.MedianMicroseconds,
            timing.Latency.P95Microseconds,
            timing.PerSecond,
            timing.FileBytes,
            timing.Speedup))]);
}
