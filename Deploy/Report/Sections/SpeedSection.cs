using SparseHybrid.Comparisons;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>What the networks of a comparison are worth on a machine: how it was measured, accuracy against speed at each batch, the figures.</summary>
internal static class SpeedSection
{
    private const int TextColumns = 5; // arm, setting, seed, accuracy and form, before the figures

    public static Section Of(ComparisonSpeed speed) => new(
        "Size and speed",
        [
            .. SpeedText.Method(speed).Select(sentence => new Paragraph(sentence)),
            new Gallery([.. speed.Batches.Select(batch => Chart(speed, batch))], "pair"),
            new DataTable(
                [.. SpeedText.Columns(speed).Select((heading, index) => new Column(heading, IsNumber: index >= TextColumns))],
                [.. speed.Networks.Select(network => SpeedText.Cells(speed, network))])
            { Label = "Size and speed" },
            .. speed.Unmeasured.Select(network => new Paragraph($"Not measured: {network.Run} as {network.Form}. {network.Reason}")),
        ]);

    private static PointChart Chart(ComparisonSpeed speed, int batch)
    {
        var measured =
            (from network in speed.Networks
             from figures in network.Batches
             where figures.Batch == batch
             group (Network: network, Figures: figures) by network.Run into run
             select run.MaxBy(entry => entry.Figures.Speedup)).ToList();
        var accuracy = ShareAxis.AccuracyOf([.. measured.Select(entry => (100 * entry.Network.TestAccuracy, 100 * entry.Network.TestAccuracy))]);
        return new PointChart(
            $"speed-{batch}",
            $"Test accuracy against speed, batch {batch}",
            "How many times as fast as the dense network each network is in its fastest form: medians of a run of one batch, timed in turns." + ShareAxis.Remark(accuracy),
            new DataTable(
                [new Column("Arm", IsNumber: false), new Column("Setting"), new Column("Form", IsNumber: false), new Column("Accuracy, %"), new Column("Median, µs"), new Column("Dense, µs"), new Column("Times as fast")],
                [.. measured.Select(entry => (IReadOnlyList<string>)[entry.Network.Arm, FigureText.Setting(entry.Network.Lambda, entry.Network.TargetSparsity), entry.Network.Form, .. Cells(entry.Network, entry.Figures)])]),
            Axis.OfMagnitudes("Speed", "times that of the dense network", [.. measured.Select(entry => entry.Figures.Speedup)]),
            accuracy,
            [
                .. measured.GroupBy(entry => entry.Network.Arm).Select(arm => new PointSeries(
                    arm.Key, [.. arm.Select(entry => Point(entry.Network, entry.Figures))], Details: [], IsJoined: arm.Count() > 1)),
            ]);
    }

    private static ChartPoint Point(MeasuredNetwork network, MeasuredBatch figures) => new(
        figures.Speedup, 100 * network.TestAccuracy, null, null, null, null, IsMarked: false,
        [
            $"{FigureText.Setting(network.Lambda, network.TargetSparsity)}, {network.Form}",
            $"accuracy {Figures.Percent(network.TestAccuracy)} %",
            $"{SpeedText.Microseconds(figures.Latency.MedianMicroseconds)} µs, dense {SpeedText.Microseconds(figures.DenseLatency.MedianMicroseconds)} µs",
            $"{SpeedText.Times(figures.Speedup)} times as fast, {SpeedText.Kilobytes(figures.Bytes)} kB",
        ]);

    private static IEnumerable<string> Cells(MeasuredNetwork network, MeasuredBatch figures) =>
    [
        Figures.Percent(network.TestAccuracy),
        SpeedText.Microseconds(figures.Latency.MedianMicroseconds),
        SpeedText.Microseconds(figures.DenseLatency.MedianMicroseconds),
        SpeedText.Times(figures.Speedup),
    ];
}
