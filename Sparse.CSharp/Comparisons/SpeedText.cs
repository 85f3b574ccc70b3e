using System.Globalization;

namespace SparseHybrid.Comparisons;

/// <summary>Size and speed of the networks of a comparison as people read them.</summary>
internal static class SpeedText
{
    /// <summary>Headings of the columns that <see cref="Cells"/> fills, with their units.</summary>
    public static IReadOnlyList<string> Columns(ComparisonSpeed speed) =>
    [
        "arm", "setting", "seed", "accuracy, %", "form",
        .. speed.Batches.SelectMany(batch => new[] { $"batch {batch}: kB", "µs", "dense, µs", "times as fast" }),
    ];

    /// <summary>A network in one form; medians with the distance of the quartiles in brackets.</summary>
    public static IReadOnlyList<string> Cells(ComparisonSpeed speed, MeasuredNetwork network) =>
    [
        network.Arm,
        FigureText.Setting(network.Lambda, network.TargetSparsity),
        $"{network.Seed}",
        Text($"{100 * network.TestAccuracy:0.00}"),
        network.Form,
        .. speed.Batches.SelectMany(batch => CellsOf(network.Batches.FirstOrDefault(measured => measured.Batch == batch))),
    ];

    /// <summary>How it was measured, sentence by sentence.</summary>
    public static IReadOnlyList<string> Method(ComparisonSpeed speed)
    {
        var (conditions, batches) = (speed.Conditions, speed.Networks.SelectMany(network => network.Batches).ToList());
        return
        [
            "Of each arm at each value the network with the median accuracy was exported as ONNX and compared with libtorch on test images before it was timed"
                + (batches.Count > 0 ? Text($" (largest difference {batches.Max(batch => batch.MaxAbsDifference / batch.LargestOutput):0.0e-0} of the largest output).") : "."),
            $"It then took turns with the dense network of {speed.Baseline}, which all are compared with: ONNX Runtime {conditions.OnnxRuntime}, "
                + Text($"{conditions.Threads} {(conditions.Threads == 1 ? "thread" : "threads")}, {conditions.Rounds} rounds in {conditions.SecondsPerModel:0.##} s a model and batch")
                + $" on {conditions.Processor}, {conditions.LogicalCores} logical processors, {conditions.OperatingSystem}; medians, with the distance of the quartiles in brackets.",
            Load(batches),
            "The form shrunk leaves out units that do nothing and runs under any ONNX Runtime; auto chose the fastest kernel layer by layer for that batch, and runs where SparseKernels is registered.",
        ];
    }

    /// <summary>Microseconds, with decimals where they are few.</summary>
    public static string Microseconds(double microseconds) => microseconds.ToString(microseconds < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary>Bytes in thousands.</summary>
    public static string Kilobytes(long bytes) => (bytes / 1e3).ToString(bytes < 100_000 ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary>How many times, as 2.50.</summary>
    public static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static IEnumerable<string> CellsOf(MeasuredBatch? batch) => batch is null
        ? ["–", "–", "–", "–"]
        : [Kilobytes(batch.Bytes), Time(batch.Latency), Time(batch.DenseLatency), Times(batch.Speedup)];

    private static string Time(MeasuredLatency latency) => $"{Microseconds(latency.MedianMicroseconds)} ({Microseconds(latency.SpreadMicroseconds)})";

    private static string Load(IReadOnlyList<MeasuredBatch> batches)
    {
        var loads = batches.Select(batch => batch.ProcessorsUsedByOthers).OfType<double>().ToList();
        return loads.Count == 0
            ? "How busy other programs kept the machine meanwhile is not known."
            : Text($"Other programs kept {loads.Min():0.0#} to {loads.Max():0.0#} processors busy meanwhile.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
