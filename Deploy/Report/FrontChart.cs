using SparseHybrid.Sweeps;

namespace SparseHybrid.Deploy.Report;

/// <summary>Accuracy against zeros as a chart: means with their spread, the runs behind them, the Pareto front.</summary>
public static class FrontChart
{
    private const string Caption =
        "Large points are means over the seeds, bars reach one standard deviation of the sample to each side, small points are the single runs. "
        + "Points with a ring are on the front: none has as many zeros and as high an accuracy, and more of one.";

    /// <summary>Makes the chart.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="front">The same runs, gathered over their seeds.</param>
    /// <param name="setting">What the setting is called that runs of one method differ by.</param>
    public static PointChart Of(IReadOnlyList<SweepRun> runs, IReadOnlyList<FrontEntry> front, string setting)
    {
        var zeros = ShareAxis.Zeros([.. front.SelectMany(entry => Reach(entry.Sparsity))]);
        var accuracy = ShareAxis.AccuracyOf([.. front.Select(entry => (100 * entry.TestAccuracy.Mean, Reach(entry.TestAccuracy).Min()))]);
        return new(
            Id: "front",
            Title: "Test accuracy against zeros",
            Caption: Caption + ShareAxis.Remark(zeros) + ShareAxis.Remark(accuracy),
            Table: Table(front, setting),
            Horizontal: zeros,
            Vertical: accuracy,
            Series: [.. front.GroupBy(entry => entry.Method).Select(method => SeriesOf(method.Key, method, runs))],
            Front: "front");
    }

    internal static string NameOf(SweepVariable variable) => variable == SweepVariable.Lambda ? "Lambda" : "Zeros asked for (0..1)";

    // What is drawn of a quantity, in percent: its bar and its single values.
    private static IEnumerable<double> Reach(Spread spread)
    {
        var (low, high) = Bar(spread);
        return [100 * spread.Minimum, 100 * spread.Maximum, low ?? 100 * spread.Mean, high ?? 100 * spread.Mean];
    }

    private static PointSeries SeriesOf(string method, IEnumerable<FrontEntry> entries, IEnumerable<SweepRun> runs) => new(
        method,
        [.. entries.Select(PointOf)],
        [.. runs.Where(run => run.Method == method).Select(PointOf)]);

    private static ChartPoint PointOf(FrontEntry entry)
    {
        var (xLow, xHigh) = Bar(entry.Sparsity);
        var (yLow, yHigh) = Bar(entry.TestAccuracy);
        return new ChartPoint(100 * entry.Sparsity.Mean, 100 * entry.TestAccuracy.Mean, xLow, xHigh, yLow, yHigh, entry.IsOnFront,
        [
            Setting(entry.Lambda, entry.TargetSparsity),
            $"accuracy {Figures.Percent(entry.TestAccuracy.Mean)} %{Deviation(entry.TestAccuracy)}",
            $"zeros {Figures.Percent(entry.Sparsity.Mean)} %{Deviation(entry.Sparsity)}",
            $"{entry.Seeds} {(entry.Seeds == 1 ? "seed" : "seeds")}",
        ]);
    }

    private static ChartPoint PointOf(SweepRun run) => new(100 * run.Sparsity, 100 * run.TestAccuracy, null, null, null, null, IsMarked: false,
    [
        $"{Setting(run.Lambda, run.TargetSparsity)}, seed {run.Seed}",
        $"accuracy {Figures.Percent(run.TestAccuracy)} %",
        $"zeros {Figures.Percent(run.Sparsity)} %",
    ]);

    private static string Setting(double? lambda, double? target) =>
        lambda is { } strength ? $"lambda {SweepValue.ToText(SweepVariable.Lambda, strength)}" : target is { } share ? $"asked for {Figures.Percent(share)} % zeros" : "no zeros asked for";

    private static string Deviation(Spread spread) => spread.StandardDeviation is { } deviation ? $" ± {Figures.Percent(deviation)}" : "";

    // The bar of a share ends where shares end.
    private static (double? Low, double? High) Bar(Spread spread) => spread.StandardDeviation is { } deviation
        ? (100 * Math.Max(0, spread.Mean - deviation), 100 * Math.Min(1, spread.Mean + deviation))
        : (null, null);

    private static DataTable Table(IReadOnlyList<FrontEntry> front, string setting) => new(
        [
            new Column("Method", IsNumber: false),
            new Column(setting),
            new Column("Seeds"),
            .. SpreadColumns("Accuracy, %"),
            .. SpreadColumns("Zeros, %"),
            new Column("Non-zeros, mean"),
            new Column("On the front", IsNumber: false),
        ],
        [
            .. front.Select(entry => (IReadOnlyList<string>)
            [
                entry.Method,
                SweepValue.ToText(entry.Lambda, entry.TargetSparsity),
                $"{entry.Seeds}",
                .. SpreadCells(entry.TestAccuracy),
                .. SpreadCells(entry.Sparsity),
                Figures.Count(entry.Nonzeros.Mean),
                entry.IsOnFront ? "yes" : "no",
            ]),
        ]);

    private static IEnumerable<Column> SpreadColumns(string quantity) =>
        [new Column($"{quantity}: mean"), new Column("sd"), new Column("least"), new Column("most")];

    private static IEnumerable<string> SpreadCells(Spread spread) =>
    [
        Figures.Percent(spread.Mean),
        spread.StandardDeviation is { } deviation ? Figures.Percent(deviation) : "–",
        Figures.Percent(spread.Minimum),
        Figures.Percent(spread.Maximum),
    ];
}
