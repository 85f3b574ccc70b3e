using SparseHybrid.Comparisons;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Optimize;

namespace SparseHybrid.Deploy.Comparisons;

/// <summary>Says what the networks of a comparison are worth on this machine: size and latency beside accuracy and zeros.</summary>
public static class ComparisonMeasurement
{
    /// <summary>
    /// Measures, of each arm at each value, the network with the median accuracy, in the forms that suit it: dense where it has no zeros,
    /// else shrunk and auto. What was measured before stays; only where something is missing and machine or settings have changed since,
    /// all is measured anew. speed.json is written after each network, compare.json and compare.md with it. A network that cannot be
    /// measured does not stop the others.
    /// </summary>
    /// <param name="folder">The comparison.</param>
    /// <param name="report">What it has found.</param>
    /// <param name="options">How to measure; null: the defaults.</param>
    /// <param name="progress">Told which network is measured.</param>
    /// <param name="cancellationToken">Stops between two measurements; what was measured stays.</param>
    /// <returns>The report with <see cref="ComparisonReport.Speed"/>.</returns>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="SparseHybridException">The folder cannot be written, another process works on it, or the dense network cannot be exported.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call goes on from there.</exception>
    public static ComparisonReport Run(
        ComparisonFolder folder,
        ComparisonReport report,
        ComparisonMeasurementOptions? options = null,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new ComparisonMeasurementOptions();
        options.Validate();
        var former = options.Anew ? null : folder.Speed;
        if (MeasurementPlan.Of(report.Rows) is not { } plan || (former is not null && plan.MissingFrom(former).Count == 0))
        {
            return report;
        }

        using var claim = folder.Claim();
        var files = new NetworkFiles(folder, options);
        var dense = files.Export(plan.Baseline, ModelForm.Dense, cancellationToken);
        var speed = Begin(plan, former, options);
        var missing = plan.MissingFrom(speed);
        foreach (var (wanted, index) in missing.Select((wanted, index) => (wanted, index)))
        {
            progress?.Report($"{index + 1} of {missing.Count}: {wanted.Row.Arm} {FigureText.Setting(wanted.Row)}, {ModelForms.NameOf(wanted.Form)}");
            speed = plan.InOrder(Measure(files, speed, wanted, dense, cancellationToken));
            report = folder.Add(speed, report);
        }

        return report;
    }

    // Figures of two machines, or against two networks, do not belong into one table.
    private static ComparisonSpeed Begin(MeasurementPlan plan, ComparisonSpeed? former, ComparisonMeasurementOptions options)
    {
        var machine = BenchmarkEnvironment.Current();
        var conditions = new MeasuringConditions(
            machine.Processor, machine.LogicalCores, machine.OperatingSystem, machine.OnnxRuntime, options.Threads, options.Rounds, options.SecondsPerModel);
        var isComparable = former is not null && former.Conditions == conditions && former.Baseline == plan.Baseline && former.Batches.SequenceEqual(options.Batches);
        return new ComparisonSpeed { Conditions = conditions, Baseline = plan.Baseline, Networks = isComparable ? former!.Networks : [] };
    }

    private static ComparisonSpeed Measure(NetworkFiles files, ComparisonSpeed speed, WantedNetwork wanted, ModelReport dense, CancellationToken cancellationToken)
    {
        try
        {
            return speed with { Networks = [.. speed.Networks, wanted.With(files.Measure(wanted, dense, cancellationToken))] };
        }
        catch (SparseHybridException error)
        {
            var failed = new UnmeasuredNetwork(wanted.Run.Result.Run, ModelForms.NameOf(wanted.Form), $"{error.What} {error.Why}");
            return speed with { Unmeasured = [.. speed.Unmeasured, failed] };
        }
    }
}
