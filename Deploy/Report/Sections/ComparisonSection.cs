using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>Several runs against each other: a table, accuracy against zeros, accuracy against latency.</summary>
internal static class ComparisonSection
{
    public static Section? Of(IReadOnlyList<RunFindings> runs, IReadOnlyList<SweepRun> sweep, IReadOnlyList<FrontEntry> front) => runs.Count < 2 ? null : new(
        "Comparison",
        [
            Table(runs),
            new Gallery(
            [
                .. sweep.Count == 0 ? [] : new PageBlock[] { FrontChart.Of(sweep, front, RunsAsSweep.SettingOf(sweep)) },
                .. runs.Any(run => run.Timing is not null) ? new PageBlock[] { Latency([.. runs.Where(run => run.Timing is not null)]) } : [],
            ], "pair"),
        ]);

    private static DataTable Table(IReadOnlyList<RunFindings> runs) => new(
        [
            new Column("Run", IsNumber: false),
            new Column("Method", IsNumber: false),
            new Column("Setting", IsNumber: false),
            new Column("Seed"),
            new Column("Epochs"),
            new Column("Accuracy, %"),
            new Column("Zeros, %"),
            new Column("Non-zeros"),
            new Column("Training, s"),
            new Column("Smallest form, kB"),
            new Column("Fastest form, µs"),
        ],
        [.. runs.Select(run => (IReadOnlyList<string>)[run.Name, run.Record.Method, PenaltyText.Setting(run.Record.Options), $"{run.Record.Options.Seed}", .. Outcome(run), .. Shipped(run)])]);

    private static IEnumerable<string> Outcome(RunFindings run) => run.LastEpoch is not { } last
        ? ["0", "–", "–", "–", "–"]
        :
        [
            run.IsDone ? $"{last.Epoch}" : $"{last.Epoch} of {run.Record.Options.Epochs}",
            last.TestAccuracy is { } accuracy ? Figures.Percent(accuracy) : "–",
            Figures.Percent(last.Sparsity),
            Figures.Count(last.Nonzeros),
            Figures.Seconds(last.Seconds),
        ];

    private static IEnumerable<string> Shipped(RunFindings run)
    {
        var smallest = run.Forms.Where(form => form.Bytes is not null).MinBy(form => form.Bytes);
        var fastest = run.Forms.Where(form => form.Timing is not null).MinBy(form => form.Timing!.Latency.MedianMicroseconds);
        return
        [
            smallest is null ? "–" : $"{Figures.Kilobytes(smallest.Bytes!.Value)} ({smallest.Form})",
            fastest is null ? "–" : $"{Figures.Microseconds(fastest.Timing!.Latency.MedianMicroseconds)} ({fastest.Form})",
        ];
    }

    private static PointChart Latency(IReadOnlyList<RunFindings> runs)
    {
        var timed =
            (from run in runs
             from form in run.Forms
             where form.IsFloat32 && form.Timing is not null
             select (Run: run, Form: form, Accuracy: 100 * run.Record.Result!.TestAccuracy, form.Timing!.Latency.MedianMicroseconds)).ToList();
        return new PointChart(
            "accuracy-latency", "Test accuracy against latency",
            "Every float32 form of every run: accuracy of the network, median time of a run of one batch.",
            new DataTable(
                [new Column("Run", IsNumber: false), new Column("Form", IsNumber: false), new Column("Accuracy, %"), new Column("Median, µs")],
                [
                    .. timed.Select(entry => (IReadOnlyList<string>)
                        [entry.Run.Name, entry.Form.Form, Figures.Decimals(entry.Accuracy, 2), Figures.Microseconds(entry.MedianMicroseconds)]),
                ]),
            Axis.OfMagnitudes("Median latency", "µs", [.. timed.Select(entry => entry.MedianMicroseconds)]),
            ShareAxis.Accuracy,
            [
                .. timed.GroupBy(entry => entry.Form.Form).Select(form => new PointSeries(
                    form.Key,
                    [
                        .. form.Select(entry => new ChartPoint(
                            entry.MedianMicroseconds, entry.Accuracy, null, null, null, null, IsMarked: false,
                            [entry.Run.Name, $"accuracy {Figures.Decimals(entry.Accuracy, 2)} %", $"{Figures.Microseconds(entry.MedianMicroseconds)} µs"])),
                    ],
                    [],
                    IsJoined: false)),
            ]);
    }
}
