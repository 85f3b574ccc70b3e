using System.Text.Json.Serialization;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

/// <summary>An arm at one of its values, over its seeds.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Role">What it is there for.</param>
/// <param name="Method">Training method.</param>
/// <param name="Lambda">Strength of the penalty; null when it is not the strength that was set.</param>
/// <param name="TargetSparsity">Share of zeros asked for, or matched in size (0..1); null when there is none.</param>
/// <param name="Epochs">Epochs behind a run, those of its start included.</param>
/// <param name="Seeds">How many seeds are in it.</param>
/// <param name="TestAccuracy">Share of test images classified rightly after the last epoch (0..1).</param>
/// <param name="ValidationAccuracy">The same of held-out training data; null where none are.</param>
/// <param name="Sparsity">Zeros / regularised weights (0..1).</param>
/// <param name="Nonzeros">Parameters of the whole network that are not zero.</param>
/// <param name="Gap">Test loss less training loss after the last epoch: how much worse the network is on images it has not seen.</param>
/// <param name="ZeroFilters">Share of output filters that are zero as a whole (0..1); null without convolutions.</param>
/// <param name="ZeroKernels">Share of kernels that are zero as a whole (0..1); null without convolutions.</param>
/// <param name="MissedTarget">Did the mean share of zeros end more than half a point away from what was asked for?</param>
/// <param name="Seconds">Mean seconds of training of a run, that of its start not included, while other programs may have shared the machine.</param>
/// <param name="ProcessorSeconds">Mean seconds of processor time of the same; null where a run did not count them.</param>
public sealed record ComparisonRow(
    string Arm,
    ArmRole Role,
    string Method,
    double? Lambda,
    double? TargetSparsity,
    int Epochs,
    int Seeds,
    Spread TestAccuracy,
    Spread? ValidationAccuracy,
    Spread Sparsity,
    Spread Nonzeros,
    Spread Gap,
    Spread? ZeroFilters,
    Spread? ZeroKernels,
    bool MissedTarget,
    double Seconds,
    double? ProcessorSeconds = null)
{
    /// <summary>How far from a target the mean share of zeros may end (0..1).</summary>
    public const double Tolerance = 0.005;

    /// <summary>Its runs, seed by seed.</summary>
    [JsonIgnore]
    internal IReadOnlyList<ComparedRun> Runs { get; init; } = [];

    /// <summary>The run with the median accuracy, of an even number the lower one in the middle; null when none is done.</summary>
    internal ComparedRun? MedianRun() =>
        Runs.OrderBy(run => run.Result.TestAccuracy).ThenBy(run => run.Result.Seed).ElementAtOrDefault((Runs.Count - 1) / 2);

    internal static IReadOnlyList<ComparisonRow> Of(IReadOnlyList<ComparisonArm> arms, IReadOnlyList<ComparedRun> runs) =>
    [
        .. from arm in arms
           where arm.Role != ArmRole.Start
           from value in runs.Where(run => run.Result.Method == arm.Name).GroupBy(run => (run.Result.Lambda, run.Result.TargetSparsity))
           select Of(arm, value.Key.Lambda, value.Key.TargetSparsity, [.. value]),
    ];

    private static ComparisonRow Of(ComparisonArm arm, double? lambda, double? target, IReadOnlyList<ComparedRun> runs)
    {
        var zeros = Spread.Of([.. runs.Select(run => run.Result.Sparsity)]);
        return new ComparisonRow(
            arm.Name,
            arm.Role,
            arm.Settings.Options.Method.Name,
            lambda,
            target,
            arm.Epochs,
            runs.Count,
            Spread.Of([.. runs.Select(run => run.Result.TestAccuracy)]),
            OfAll(runs, run => run.ValidationAccuracy),
            zeros,
            Spread.Of([.. runs.Select(run => (double)run.Result.Nonzeros)]),
            Spread.Of([.. runs.Select(run => run.Result.TestLoss - run.Result.TrainLoss)]),
            OfAll(runs, run => run.ZeroFilters),
            OfAll(runs, run => run.ZeroKernels),
            MissedTarget: !arm.EqualSize && target is { } share && Math.Abs(zeros.Mean - share) > Tolerance,
            runs.Average(run => run.Result.Seconds),
            OfAll(runs, run => run.Result.ProcessorSeconds)?.Mean)
        {
            Runs = runs,
        };
    }

    private static Spread? OfAll(IReadOnlyList<ComparedRun> runs, Func<ComparedRun, double?> quantity)
    {
        var values = runs.Select(quantity).OfType<double>().ToList();
        return values.Count == runs.Count ? Spread.Of(values) : null;
    }
}
