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

    private static readonly Setting<long> Batch = Settings.Whole("--batch", Defaults.Batch, $"Images in a training step, 1 or more. Default: {Defaults.Batch}.", least: 1, most: 100_000);

    private static readonly Setting<long> Threads = Settings.Whole(
        "--threads", Defaults.Threads, $"Threads of the training step, 1 or more; batches are prepared on one. Default: {Defaults.Threads}.", least: 1, most: 1024);

    private static readonly Setting<long> Rounds = Settings.Whole(
        "--rounds", Defaults.Rounds, $"Turns that are timed, 1 or more. Default: {Defaults.Rounds}.", least: 1, most: 10_000);

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
        if (!terminal.IsJson)
        {
            terminal.Line($"One step of {options.Model}, forward and backward, on {options.Batch} images of 3x32x32, threads: {options.Threads}; medians of {options.Rounds}.");
            terminal.Line($"{"training takes",-20}{Format.PerSecond(report.ImagesPerSecondNeeded),14}");
            foreach (var speed in report.Augmentations)
            {
                terminal.Line($"{$"augmented: {speed.Name}",-20}{Format.PerSecond(speed.ImagesPerSecond),14}   {Format.Ratio(speed.Ratio)} as many");
            }
        }

        terminal.Json(new BenchDataJson(
            options.Model,
            options.Batch,
            options.Threads,
            report.StepMilliseconds,
            report.ImagesPerSecondNeeded,
            [.. report.Augmentations.Select(speed => new AugmentationJson(speed.Name, speed.ImagesPerSecond, speed.Ratio))]));
    }
}
