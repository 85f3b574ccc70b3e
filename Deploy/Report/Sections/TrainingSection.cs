using System.Globalization;
using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>Loss, accuracy, zeros and lambda over the epochs.</summary>
internal static class TrainingSection
{
    private const string EveryMoment = "With a target sparsity there are about ten moments an epoch, else one at the end of each.";

    private static readonly Axis Epochs = new("Training", "epochs", Least: 0);

    private static string Sampling(List<RunFindings> runs) =>
        runs.Exists(run => run.UnderWay.Count > 0) ? $"{EveryMoment} The epoch under way is drawn as far as it has come." : EveryMoment;

    public static Section Of(IReadOnlyList<RunFindings> runs)
    {
        var begun = runs.Where(run => run.Epochs.Count + run.UnderWay.Count > 0).ToList();
        return new Section("Training", begun.Count == 0
            ? [new Paragraph("No epoch is done yet: metrics.jsonl has no lines.")]
            : [new Gallery([Loss(begun), Accuracy(begun), Zeros(begun), Lambda(begun)], "pair")]);
    }

    private static LineChart Loss(List<RunFindings> runs) => new(
        "loss", "Loss", "Mean cross-entropy: over the training batches of each epoch (dashed where runs are compared), and on the test data after it.",
        EpochTable(runs, ("Training, nats", epoch => epoch.TrainLoss), ("Test, nats", epoch => epoch.TestLoss), ("Held out, nats", epoch => epoch.ValidationLoss)),
        Epochs, new Axis("Cross-entropy", "nats", Least: 0),
        [.. Quantities(runs, ("test", run => Points(run, epoch => epoch.TestLoss)), ("training", run => Points(run, epoch => epoch.TrainLoss)),
            ("held out", run => Points(run, epoch => epoch.ValidationLoss)), ("training, the epoch under way so far", TrainLossSoFar))]);

    private static LineChart Accuracy(List<RunFindings> runs) => new(
        "accuracy", "Accuracy", "Share classified rightly after each epoch. What counts is the last epoch, never the best one.",
        EpochTable(runs, ("Test, %", epoch => 100 * epoch.TestAccuracy), ("Held out, %", epoch => 100 * epoch.ValidationAccuracy)),
        Epochs, ShareAxis.Accuracy,
        [.. Quantities(runs, ("test", run => Points(run, epoch => 100 * epoch.TestAccuracy)), ("held out", run => Points(run, epoch => 100 * epoch.ValidationAccuracy)))]);

    private static LineChart Zeros(List<RunFindings> runs)
    {
        var axis = ShareAxis.Zeros([.. runs.SelectMany(run => Moments(run)).Select(moment => 100 * moment.Sparsity)]);
        return new LineChart(
            "zeros", "Zeros", $"Regularised weights that are exactly zero. {Sampling(runs)}{ShareAxis.Remark(axis)}",
            MomentTable(runs, "Zeros, %", moment => Figures.Percent(moment.Sparsity)), Epochs, axis,
            [.. Moments(runs, moment => 100 * moment.Sparsity)]);
    }

    private static LineChart Lambda(List<RunFindings> runs)
    {
        var strengths = runs.SelectMany(run => Moments(run)).Select(moment => moment.Lambda).ToList();
        return new LineChart(
            "lambda", "Lambda", $"Strength of the penalty. {Sampling(runs)}",
            MomentTable(runs, "Lambda, 1 (unit of a gradient entry)", moment => moment.Lambda.ToString("0.###e-0", CultureInfo.InvariantCulture)),
            Epochs, Axis.OfMagnitudes("Lambda", "unit of a gradient entry", strengths), [.. Moments(runs, moment => moment.Lambda)]);
    }

    // One run: a colour a quantity. Several: a colour a run, its second and third quantities dashed.
    private static IEnumerable<LineSeries> Quantities(List<RunFindings> runs, params (string Name, Func<RunFindings, double[][]> Points)[] quantities) =>
        from run in runs.Index()
        from quantity in quantities.Where(quantity => runs.Exists(other => quantity.Points(other).Length > 0)).Index()
        let points = quantity.Item.Points(run.Item)
        where points.Length > 0
        select runs.Count == 1
            ? new LineSeries(quantity.Item.Name, points, quantity.Index)
            : new LineSeries(quantity.Index == 0 ? run.Item.Name : $"{run.Item.Name}, {quantity.Item.Name}", points, run.Index, IsDashed: quantity.Index > 0);

    // Not joined with the means of whole epochs: what there is at the beginning of an epoch is the mean of a few batches.
    private static double[][] TrainLossSoFar(RunFindings run) =>
        [.. run.UnderWay.Where(moment => double.IsFinite(moment.TrainLoss)).Select(moment => new[] { moment.Epoch, moment.TrainLoss })];

    private static double[][] Points(RunFindings run, Func<EpochSummary, double?> value) =>
        [.. run.Epochs.Where(epoch => value(epoch) is { } number && double.IsFinite(number)).Select(epoch => new[] { epoch.Epoch, value(epoch)!.Value })];

    private static IEnumerable<LineSeries> Moments(List<RunFindings> runs, Func<Moment, double> value) => runs.Select((run, index) => new LineSeries(
        run.Name, [.. Moments(run).Select(moment => new[] { moment.Epoch, value(moment) }).Where(point => double.IsFinite(point[1]))], index));

    private static IEnumerable<Moment> Moments(RunFindings run)
    {
        foreach (var epoch in run.Epochs)
        {
            var stepsPerEpoch = (double)epoch.Step / epoch.Epoch;
            foreach (var point in epoch.Control ?? [])
            {
                yield return new Moment(point.Step / stepsPerEpoch, point.Lambda, point.Sparsity);
            }

            if (epoch.Control is not [.., var last] || last.Step < epoch.Step)
            {
                yield return new Moment(epoch.Epoch, epoch.Strength, epoch.Sparsity);
            }
        }

        foreach (var moment in run.UnderWay)
        {
            yield return new Moment(moment.Epoch, moment.Lambda, moment.Sparsity);
        }
    }

    private static DataTable EpochTable(List<RunFindings> runs, params (string Heading, Func<EpochSummary, double?> Value)[] quantities)
    {
        var known = quantities.Where(quantity => runs.Exists(run => run.Epochs.Any(epoch => quantity.Value(epoch) is not null))).ToList();
        return new DataTable(
            [new Column("Run", IsNumber: false), new Column("Epoch"), .. known.Select(quantity => new Column(quantity.Heading))],
            [
                .. from run in runs
                   from epoch in run.Epochs
                   select (IReadOnlyList<string>)[run.Name, $"{epoch.Epoch}", .. known.Select(quantity => Figures.Decimals(quantity.Value(epoch), 4))],
            ]);
    }

    private static DataTable MomentTable(List<RunFindings> runs, string heading, Func<Moment, string> value) => new(
        [new Column("Run", IsNumber: false), new Column("Epochs done"), new Column(heading)],
        [.. from run in runs from moment in Moments(run) select (IReadOnlyList<string>)[run.Name, Figures.Decimals(moment.Epoch, 2), value(moment)]]);

    /// <summary>A moment of training.</summary>
    /// <param name="Epoch">Epochs done, with a fraction.</param>
    /// <param name="Lambda">Strength of the penalty.</param>
    /// <param name="Sparsity">Zeros / regularised weights (0..1).</param>
    private readonly record struct Moment(double Epoch, double Lambda, double Sparsity);
}
