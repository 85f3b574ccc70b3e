using System.CommandLine;
using SparseHybrid.Benchmark;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Commands;

/// <summary>Times one step of the optimizer, fused against tensor operations.</summary>
internal static class BenchStepCommand
{
    private static readonly StepBenchmarkOptions Defaults = new();

    private static readonly Setting<long> Parameters = Settings.Whole(
        "--parameters",
        Defaults.Parameters,
        $"Parameters to step, up to 500 million; each takes about 100 bytes of memory. Default: {Defaults.Parameters}.",
        least: 1,
        most: 500_000_000);

    private static readonly Setting<ComputeDevice> Device = Settings.Choice(
        "--device", Defaults.Device, "Where to step. Default: cpu.", ("cpu", ComputeDevice.Cpu), ("cuda", ComputeDevice.Cuda));

    private static readonly Setting<long> Threads = MeasuringSettings.Threads("that share the work, 1 or more", Defaults.Threads);

    private static readonly Setting<long> Rounds = MeasuringSettings.Rounds(Defaults.Rounds);

    public static Command Create()
    {
        var command = new Command("step", "Measures one optimizer step, fused and as a chain of tensor operations, beside a plain copy of memory.")
        {
            Parameters,
            Device,
            Threads,
            Rounds,
        };
        command.SetJob(Run);
        HelpWithExamples.Add(command, "./sparse bench step", "./sparse bench step --parameters 14700000 --threads 2 --json",
            "./sparse bench step --device cuda --parameters 100000000 --json");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var options = new StepBenchmarkOptions
        {
            Parameters = (int)Parameters.Read(result),
            Device = Device.Read(result),
            Threads = (int)Threads.Read(result),
            Rounds = (int)Rounds.Read(result),
        };
        var report = terminal.While("Measuring ...", () => StepBenchmark.Run(options, progress: null, cancellation));
        terminal.Lines(Lines(report));
        terminal.Json(new BenchStepJson(
            report.Parameters,
            report.Device == ComputeDevice.Cuda ? "cuda" : "cpu",
            report.CudaKernels,
            report.FusedMilliseconds,
            report.TensorOpsMilliseconds,
            report.Ratio,
            report.GigabytesPerSecond,
            report.MemcpyGigabytesPerSecond,
            report.BandwidthShare));
    }

    private static string Place(StepBenchmarkReport report) => report.CudaKernels is { } kernels ? $"CUDA: {kernels}" : $"threads: {report.Threads}";

    private static IEnumerable<string> Lines(StepBenchmarkReport report) =>
    [
        $"One step of xRDA with adaptive weights, {Format.Count(report.Parameters)} parameters, {Place(report)}; medians of {report.Rounds}.",
        $"fused              {Format.Microseconds(1e3 * report.FusedMilliseconds),10}   {report.GigabytesPerSecond:0.0} GB/s of {report.MemcpyGigabytesPerSecond:0.0} GB/s that a copy reaches",
        $"tensor operations  {Format.Microseconds(1e3 * report.TensorOpsMilliseconds),10}   the fused step is {Format.Ratio(report.Ratio)} as fast",
    ];
}
