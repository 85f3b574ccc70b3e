using SparseHybrid.Deploy.Report.Findings;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>Size and latency of the forms that a network can be shipped in, with what proves them.</summary>
internal static class FormsSection
{
    public static Section? Of(IReadOnlyList<RunFindings> runs)
    {
        var trained = runs.Where(run => run.Forms.Count > 0).ToList();
        var made = trained.Where(run => run.Forms.Any(form => form.Bytes is not null)).ToList();
        return trained.Count == 0 ? null : new Section("Size and speed",
        [
            .. trained.Select(run => run.Timing).OfType<TimingConditions>().Take(1).Select(timing => new Facts([.. Conditions(timing)])),
            .. made.Count == 0 ? [] : new PageBlock[] { new Gallery([.. Charts(made)], "pair") },
            .. FormProof.Verdicts(made),
            new Heading("Certificates"),
            new Paragraph("Before a form gets its name ONNX Runtime runs it, and its outputs are compared with those of libtorch on the same weights."),
            FormProof.Certificates(trained),
            .. from run in trained
               from form in run.Forms
               where form.Problem is not null
               select new Paragraph($"{run.Name}, {form.Form}: {form.Problem}"),
            .. trained.SelectMany(run => run.Timing?.Warnings ?? []).Distinct().Select(warning => new Paragraph($"Warning: {warning}")),
        ]);
    }

    private static IEnumerable<(string, string)> Conditions(TimingConditions timing) =>
    [
        ("Timed on", $"{timing.Environment.Processor} ({timing.Environment.LogicalCores} logical), {timing.Environment.OperatingSystem}"),
        ("Runtime", $"ONNX Runtime {timing.Environment.OnnxRuntime}, {timing.Threads} {(timing.Threads == 1 ? "thread" : "threads")}"),
        ("Batch", $"{timing.Batch} {(timing.Batch == 1 ? "input" : "inputs")} in a run"),
    ];

    private static IEnumerable<Chart> Charts(List<RunFindings> runs)
    {
        var table = Table(runs);
        yield return Bars(
            runs, table, "sizes", "Size", "Bytes of the ONNX file, that of external data included.", new Axis("Size", "kB", Least: 0),
            form => form.Bytes / 1e3, form => $"{Figures.Kilobytes(form.Bytes ?? 0)} kB");
        if (runs.Exists(run => run.Timing is not null))
        {
            yield return Bars(
                runs, table, "latencies", "Latency",
                "Median time of a run of one batch in ONNX Runtime; the forms of a run took turns. In brackets how many times as fast as its dense form.",
                new Axis("Median", "µs", Least: 0),
                form => form.Timing?.Latency.MedianMicroseconds,
                form => form.Timing is { } timing ? $"{Figures.Microseconds(timing.Latency.MedianMicroseconds)} µs ({Figures.Times(timing.Speedup)})" : "");
        }
    }

    // One run: a bar a form. Several: below each run's name a bar a form.
    private static BarChart Bars(
        List<RunFindings> runs, DataTable table, string id, string title, string caption, Axis axis, Func<FormFindings, double?> value,
        Func<FormFindings, string> label)
    {
        string[] forms = [.. runs.SelectMany(run => run.Forms).Select(form => form.Form).Distinct()];
        var isSingle = runs.Count == 1;
        return new BarChart(
            id, title, caption, table, isSingle ? forms : [.. runs.Select(run => run.Name)], axis,
            isSingle
                ? [Series(runs[0].Name, forms.Select(form => Find(runs[0], form)))]
                : [.. forms.Select(form => Series(form, runs.Select(run => Find(run, form))))]);

        BarSeries Series(string name, IEnumerable<FormFindings?> bars)
        {
            var all = bars.ToList();
            return new BarSeries(name, [.. all.Select(form => form is null ? null : value(form))], [.. all.Select(form => form is null ? "" : label(form))]);
        }
    }

    private static FormFindings? Find(RunFindings run, string form) => run.Forms.FirstOrDefault(findings => findings.Form == form);

    private static DataTable Table(List<RunFindings> runs) => new(
        [
            new Column("Run", IsNumber: false),
            new Column("Form", IsNumber: false),
            new Column("File", IsNumber: false),
            new Column("Size, kB"),
            new Column("Median, µs"),
            new Column("95th percentile, µs"),
            new Column("Quartile distance, µs"),
            new Column("Runs timed"),
            new Column("Inputs a second"),
            new Column("Times as fast as dense"),
            new Column("Load, ms"),
        ],
        [
            .. from run in runs
               from form in run.Forms
               where form.Bytes is not null
               select (IReadOnlyList<string>)[run.Name, form.Form, form.File ?? "", Figures.Kilobytes(form.Bytes ?? 0), .. Times(form.Timing)],
        ]);

    private static IEnumerable<string> Times(FormTiming? timing) => timing is null
        ? Enumerable.Repeat("–", 7)
        :
        [
            Figures.Microseconds(timing.Latency.MedianMicroseconds),
            Figures.Microseconds(timing.Latency.P95Microseconds),
            Figures.Microseconds(timing.Latency.SpreadMicroseconds),
            Figures.Count(timing.Latency.Runs),
            Figures.Count(timing.PerSecond),
            Figures.Times(timing.Speedup),
            Figures.Decimals(timing.LoadMilliseconds, 1),
        ];
}
