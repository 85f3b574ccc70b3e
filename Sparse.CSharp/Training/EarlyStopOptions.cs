using SparseHybrid.Optimizers;

namespace SparseHybrid.Training;

/// <summary>What an early stop looks at.</summary>
public enum StopMetric
{
    /// <summary>Loss on the training data that are held out; lower is better. Needs a validation share.</summary>
    ValidationLoss,

    /// <summary>Accuracy on the training data that are held out. Needs a validation share.</summary>
    ValidationAccuracy,

    /// <summary>Mean loss over the epoch's training batches; lower is better.</summary>
    TrainLoss,

    /// <summary>
    /// Loss on the test data; lower is better. The test data then help to choose the model, and its test accuracy is no longer an
    /// honest estimate.
    /// </summary>
    TestLoss,

    /// <summary>Accuracy on the test data. The test data then help to choose the model, as with <see cref="TestLoss"/>.</summary>
    TestAccuracy,
}

/// <summary>
/// Stops a run that no longer gains. A schedule that ends at a small step size gains most in its last epochs: an early stop goes
/// with a constant schedule, or with much patience. Immutable.
/// </summary>
public sealed record EarlyStopOptions
{
    /// <summary>Epochs without gain after which training stops, at least 1. Default 5.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>Change for the better that counts as a gain, in the unit of the metric, 0 or more; it must be exceeded. Default 0.</summary>
    public double MinimalGain { get; init; }

    /// <summary>What is looked at. Default the loss on held-out training data.</summary>
    public StopMetric Metric { get; init; } = StopMetric.ValidationLoss;

    /// <summary>Whether the metric is measured on held-out training data.</summary>
    internal bool NeedsValidation => Metric is StopMetric.ValidationLoss or StopMetric.ValidationAccuracy;

    /// <summary>Whether training has gone on without gain for long enough: a function of the epochs alone, so that a resumed run stops as well.</summary>
    /// <param name="epochs">All epochs done; those that were not evaluated count for the patience only.</param>
    internal bool IsDue(IReadOnlyList<EpochSummary> epochs)
    {
        var (best, bestEpoch) = (double.NegativeInfinity, 0);
        foreach (var epoch in epochs)
        {
            if (Quality(epoch) is { } quality && (bestEpoch == 0 || quality > best + MinimalGain))
            {
                (best, bestEpoch) = (quality, epoch.Epoch);
            }
        }

        return bestEpoch > 0 && Quality(epochs[^1]) is not null && epochs[^1].Epoch - bestEpoch >= Patience;
    }

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal IEnumerable<SettingProblem?> Problems() =>
    [
        SettingProblem.Unless(Patience >= 1, nameof(Patience), Patience, "1 or more"),
        SettingProblem.UnlessAtLeast(0, nameof(MinimalGain), MinimalGain),
        SettingProblem.Unless(Enum.IsDefined(Metric), nameof(Metric), Metric, "a metric"),
    ];

    // Higher is better.
    private double? Quality(EpochSummary epoch) => Metric switch
    {
        StopMetric.ValidationLoss => -epoch.ValidationLoss,
        StopMetric.ValidationAccuracy => epoch.ValidationAccuracy,
        StopMetric.TrainLoss => -epoch.TrainLoss,
        StopMetric.TestLoss => -epoch.TestLoss,
        StopMetric.TestAccuracy => epoch.TestAccuracy,
        _ => throw new ArgumentOutOfRangeException(nameof(Metric), Metric, "There is no such metric."),
    };
}
