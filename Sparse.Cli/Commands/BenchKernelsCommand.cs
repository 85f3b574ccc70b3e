using System.CommandLine;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Benchmark.Kernels;

namespace SparseHybrid.Cli.Commands;

/// <summary>Times layers on sparse kernels against ONNX Runtime's own.</summary>
internal static class BenchKernelsCommand
{
    private static readonly KernelBenchmarkOptions Defaults = new();

    private static readonly Setting<IReadOnlyList<LayerShape>> Shapes = new("--shape", Defaults.Shapes,
        "Layers, with commas between them: fc:INxOUT, or conv:INxOUTxROWSxCOLUMNS@HEIGHTxWIDTH (channels, window, input; padded by half the window), "
        + "with /STRIDE behind it unless that is 1. Default: fc:1024x1024, and convolutions from 64 channels of 32x32 to 512 of 4x4, of 3x3 and 1x1.",
        token =>
        {
            var shapes = token.Split(',').Select(LayerShape.Parse).ToList();
            return shapes.TrueForAll(shape => shape is not null) && shapes.Distinct().Count() == shapes.Count
                ? ([.. shapes.OfType<LayerShape>()], null)
                : ([], "it must be layers, each once, as fc:1024x1024,conv:64x128x3x3@32x32/2");
        })
    {
        HelpName = "LAYERS",
    };

    private static readonly Setting<IReadOnlyList<double>?> Zeros = Lists.Targets(
        "--zeros", $"Shares of zeros among the weights, at random places, above 0 and below 1. Default: {string.Join(',', Defaults.Zeros.Select(share => Format.Invariant($"{share}")))}.");

    private static readonly Setting<IReadOnlyList<int>> Batches = Lists.Wholes(
        "--batch", Defaults.Batches, "COUNTS", "Inputs in one run, 1 or more; each of a list, as 1,16. Default: 1.", least: 1, most: 100_000);

    private static readonly Setting<IReadOnlyList<int>> Threads = Lists.Wholes(
        "--threads", Defaults.Threads, "COUNTS", "Threads that share the work of a layer, 1 or more; each of a list, as 1,2. Default: 1.", least: 1, most: 1024);

    private static readonly Setting<double> Seconds = Settings.Real(
        "--seconds",
        Defaults.SecondsPerKernel,
        $"Time to measure each kernel, in seconds, above 0. Default: {Format.Invariant($"{Defaults.SecondsPerKernel}")}.",
        value => value is > 0 and <= 3_600,
        "a number of seconds above 0, at most 3600");

    private static readonly Setting<long> Rounds = MeasuringSettings.Rounds(Defaults.Rounds);

    public static Command Create()
    {
        var command = new Command("kernels", "Measures layers on sparse kernels against ONNX Runtime's dense ones, taking turns: from which share of zeros on they pay, and how much.")
        {
            Shapes,
            Zeros,
            Batches,
            Threads,
            Seconds,
            Rounds,
        };
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse bench kernels",
            "./sparse bench kernels --shape conv:64x128x3x3@56x56/2,fc:4096x1000 --zeros 0.9,0.95 --batch 1,16",
            "./sparse bench kernels --threads 1,2 --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var options = Defaults with
        {
            Shapes = Shapes.Read(result),
            Zeros = Zeros.Read(result) ?? Defaults.Zeros,
            Batches = Batches.Read(result),
            Threads = Threads.Read(result),
            SecondsPerKernel = Seconds.Read(result),
            Rounds = (int)Rounds.Read(result),
        };
        var report = BenchmarkDisplay.Run(terminal, "Measuring", progress => KernelBenchmark.Run(options, progress, cancellation));
        terminal.Lines(KernelTable.Lines(report));
        terminal.Json(KernelBenchmarkJson.Write(report));
    }
}
