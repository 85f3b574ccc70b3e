using SparseHybrid.Runs;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Deploy.Report;

/// <summary>The page of a sweep: accuracy against zeros, method by method, with the spread over the seeds.</summary>
public static class FrontPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="record">What the sweep was to do.</param>
    /// <param name="report">What it has found so far.</param>
    /// <param name="environment">Machine and versions of its runs; null when none has begun.</param>
    public static HtmlPage Of(SweepRecord record, SweepReport report, RunEnvironment? environment)
    {
        var training = record.Training;
        return new HtmlPage(
            $"Accuracy against zeros: {training.Model} on {training.Data}",
            Lead(report),
            [
                new Section("Settings and environment", [new Facts([.. Settings(record), .. environment is null ? [] : MachineFacts.Of(environment)])]),
                new Section("Front", [FrontChart.Of(report.Runs, report.Front, FrontChart.NameOf(report.Variable))]),
                new Section("Runs", [RunTable(report), .. Failures(report)]),
            ],
            report);
    }

    private static string Lead(SweepReport report)
    {
        var onFront = report.Front.Count(entry => entry.IsOnFront);
        var failed = report.Failed.Count > 0 ? $", {report.Failed.Count} failed" : "";
        return $"{report.Runs.Count} of {report.Planned} runs are done{failed}. "
            + $"On average over their seeds, {onFront} of {report.Front.Count} settings are not surpassed in zeros and accuracy at once by another one.";
    }

    private static IEnumerable<(string Name, string Value)> Settings(SweepRecord record)
    {
        var (sweep, training) = (record.Sweep, record.Training);
        yield return ("Network", training.Model);
        yield return ("Data", training.Data);
        yield return ("Methods", string.Join(", ", sweep.Methods.Select(method => method.Name)));
        yield return (FrontChart.NameOf(sweep.Variable), string.Join(", ", sweep.Values.Select(value => SweepValue.ToText(sweep.Variable, value))));
        yield return ("Seeds", string.Join(", ", sweep.Seeds));
        yield return ("Start of a run", sweep.WarmStart ? "the weights of the run before it on the path" : training.Weights ?? "random weights, equal budgets");
        yield return ("Epochs of a run", $"{training.Options.Epochs}");
        yield return ("Batch", $"{training.Options.BatchSize}");
        yield return ("Begun", $"{record.Started:yyyy-MM-dd HH:mm} UTC");
    }

    private static DataTable RunTable(SweepReport report) => new(
        [
            new Column("Run", IsNumber: false),
            new Column("Method", IsNumber: false),
            new Column(FrontChart.NameOf(report.Variable)),
            new Column("Seed"),
            new Column("Start", IsNumber: false),
            new Column("Accuracy, %"),
            new Column("Zeros, %"),
            new Column("Non-zeros"),
            new Column("Training, s"),
            new Column("Processor, s"),
        ],
        [
            .. report.Runs.Select(run => (IReadOnlyList<string>)
            [
                run.Run,
                run.Method,
                SweepValue.ToText(run.Lambda, run.TargetSparsity),
                $"{run.Seed}",
                run.Start,
                Figures.Percent(run.TestAccuracy),
                Figures.Percent(run.Sparsity),
                Figures.Count(run.Nonzeros),
                Figures.Seconds(run.Seconds),
                Figures.Decimals(run.ProcessorSeconds, 1),
            ]),
        ]);

    private static IEnumerable<PageBlock> Failures(SweepReport report) =>
        report.Failed.Select(failure => new Paragraph($"Failed: {failure.Run}. {failure.Error}"));
}
