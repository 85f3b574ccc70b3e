using System.CommandLine;
using SparseHybrid.Benchmark;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Methods;
using SparseHybrid.Models;

namespace SparseHybrid.Cli.Commands;

/// <summary>Times training steps of a network, and the memory they take.</summary>
internal static class BenchTrainCommand
{
    private static readonly long[] ColourImage = [3, 32, 32];

    private static readonly TrainingBenchmarkOptions Defaults = new() { Model = new ModelDescription("lenet-300-100", 10, [1, 28, 28]) };

    private static readonly ModelOptions Model = new();

    private static readonly Setting<string> Method = Settings.Choice(
        "--method", "xrda", "Training method. Default: xrda.", MethodOptions.Names.Where(name => !MethodOptions.Create(name).PrunesToTarget), "METHOD");

    private static readonly Setting<long[]?> Input = Settings.Sizes(
        "--input", "Sizes of one image as CHANNELSxHEIGHTxWIDTH. Default: 1x28x28 for lenet-300-100, lenet-5 and mlp, otherwise 3x32x32.");

    private static readonly Setting<long> Classes = Settings.Whole("--classes", 10, "Classes, 2 or more. Default: 10.", least: 2);

    private static readonly Setting<long> Batch = MeasuringSettings.Batch(Defaults.BatchSize);

    private static readonly Setting<long> Threads = MeasuringSettings.Threads("of libtorch, 1 or more", Defaults.Threads);

    private static readonly Setting<long> Steps = Settings.Whole(
        "--steps",
        Defaults.Steps,
        $"Steps that are timed, 1 or more, after {Defaults.WarmUpSteps} that are not. Default: {Defaults.Steps}.",
        least: 1,
        most: 1_000_000);

    public static Command Create()
    {
        var command = new Command("train", "Measures training steps (forward, backward, optimizer) on random images: their time, and the memory that the process takes.")
        {
            Method,
            Input,
            Classes,
            Batch,
            Threads,
            Steps,
        };
        foreach (var option in Model.All)
        {
            command.Add(option);
        }

        command.SetJob(Run);
        HelpWithExamples.Add(command, "./sparse bench train --model resnet-20", "./sparse bench train --model vgg-16 --batch 32 --threads 2 --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var name = Model.Name(result);
        var shape = Input.Read(result) ?? (name is "lenet-300-100" or "lenet-5" or "mlp" ? Defaults.Model.InputShape : ColourImage);
        var options = Defaults with
        {
            Model = Model.Describe(result, (int)Classes.Read(result), shape),
            Method = MethodOptions.Create(Method.Read(result)),
            BatchSize = (int)Batch.Read(result),
            Threads = (int)Threads.Read(result),
            Steps = (int)Steps.Read(result),
        };
        var report = terminal.While("Measuring ...", () => TrainingBenchmark.Run(options, cancellation));
        terminal.Lines(Lines(report));
        terminal.Json(new BenchTrainJson(
            report.Model,
            report.Method,
            report.Parameters,
            report.BatchSize,
            report.Threads,
            report.Steps,
            report.MedianMilliseconds,
            report.P95Milliseconds,
            report.MedianProcessorMilliseconds,
            report.ImagesPerSecond,
            report.PeakBytes));
    }

    private static IEnumerable<string> Lines(TrainingBenchmarkReport report) =>
    [
        $"Training {report.Model} by {report.Method}, {Format.Count(report.Parameters)} parameters, batches of {report.BatchSize}, threads: {report.Threads}; {report.Steps} steps.",
        $"a step    {Format.Microseconds(1e3 * report.MedianMilliseconds),10} median, {Format.Microseconds(1e3 * report.P95Milliseconds)} for 95 of 100; {Format.PerSecond(report.ImagesPerSecond)}",
        $"memory    {Format.Bytes(report.PeakBytes),10} at the most, by the whole process",
    ];
}
