using System.CommandLine;
using SparseHybrid.Benchmark;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Models;

namespace SparseHybrid.Cli.Commands;

/// <summary>Times how fast batches are prepared, against how fast training takes them.</summary>
internal static class BenchDataCommand
{
    private static readonly DataBenchmarkOptions Defaults = new();

    private static readonly Setting<string> Model = Settings.Choice(
        "--model", Defaults.Model, $"Network whose training step is to be fed. Default: {Defaults.Model}.", ModelCatalog.Names);

    private static readonly Setting<long> Batch = MeasuringSettings.Batch(Defaults.Batch);

    private static readonly Setting<long> Threads = MeasuringSettings.Threads("of the training step, 1 or more; batches are prepared on one", Defaults.Threads);

    private static readonly Setting<long> Rounds = MeasuringSettings.Rounds(Defaults.Rounds);

    public static Command Create()
    {
        var command = new Command("data", "Measures how many images a second each augmentation prepares, and how many a training step takes.")
        {
            Model,
            Batch,
            Threads,
            Rounds,
        };
        command.SetJob(Run);
        HelpWithExamples.Add(command, "./sparse bench data", "./sparse bench data --model vgg-16 --threads 2 --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var options = new DataBenchmarkOptions
        {
            Model = Model.Read(result),
            Batch = (int)Batch.Read(result),
            Threads = (int)Threads.Read(result),
            Rounds = (int)Rounds.Read(result),
        };
        var report = terminal.While("Measuring ...", () => DataBenchmark.Run(options, cancellation));
        terminal.Lines(Lines(options, report));
        terminal.Json(new BenchDataJson(
            options.Model,
            options.Batch,
            options.Threads,
            report.StepMilliseconds,
            report.ImagesPerSecondNeeded,
            [.. report.Augmentations.Select(speed => new AugmentationJson(speed.Name, speed.ImagesPerSecond, speed.Ratio))]));
    }

    private static IEnumerable<string> Lines(DataBenchmarkOptions options, DataBenchmarkReport report) =>
    [
        $"One step of {options.Model}, forward and backward, on {options.Batch} images of 3x32x32, threads: {options.Threads}; medians of {options.Rounds}.",
        $"{"training takes",-20}{Format.PerSecond(report.ImagesPerSecondNeeded),14}",
        .. report.Augmentations.Select(speed => $"{$"augmented: {speed.Name}",-20}{Format.PerSecond(speed.ImagesPerSecond),14}   {Format.Ratio(speed.Ratio)} as many"),
    ];
}
