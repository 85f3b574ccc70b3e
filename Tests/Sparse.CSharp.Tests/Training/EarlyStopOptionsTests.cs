using SparseHybrid.Tests.Support;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Training;

public sealed class EarlyStopOptionsTests
{
    [Theory]
    [InlineData(2, 0.0, new[] { 3.0, 2, 1, 1, 1 }, true)]
    [InlineData(3, 0.0, new[] { 3.0, 2, 1, 1, 1 }, false)]
    [InlineData(1, 0.0, new[] { 3.0, 2, 1, 0.999 }, false)]
    [InlineData(1, 0.1, new[] { 3.0, 2, 1, 0.999 }, true)]
    [InlineData(2, 0.1, new[] { 1.0, 0.95, 0.89 }, false)] // two small gains that add up
    [InlineData(1, 0.0, new[] { 1.0 }, false)]
    [InlineData(1, 0.0, new[] { 1.0, double.NaN, 1 }, true)] // NaN here: an epoch that was not evaluated
    [InlineData(1, 0.0, new[] { 1.0, double.NaN }, false)]
    public void Training_stops_after_so_many_epochs_without_gain(int patience, double gain, double[] losses, bool isDue)
    {
        var epochs = losses.Select((loss, index) => RunRecords.Epoch(index + 1) with { ValidationLoss = double.IsNaN(loss) ? null : loss }).ToList();

        Assert.Equal(isDue, new EarlyStopOptions { Patience = patience, MinimalGain = gain }.IsDue(epochs));
    }

    [Theory]
    [InlineData(StopMetric.TestAccuracy, true)]
    [InlineData(StopMetric.ValidationAccuracy, true)]
    [InlineData(StopMetric.TestLoss, false)]
    [InlineData(StopMetric.TrainLoss, false)]
    public void Accuracies_gain_upwards_and_losses_downwards(StopMetric metric, bool stopsWhenNumbersFall)
    {
        var epochs = new[] { 0.9, 0.8 }.Select((value, index) => RunRecords.Epoch(index + 1) with
        {
            TestAccuracy = value,
            ValidationAccuracy = value,
            TestLoss = value,
            TrainLoss = value,
        }).ToList();

        Assert.Equal(stopsWhenNumbersFall, new EarlyStopOptions { Patience = 1, Metric = metric }.IsDue(epochs));
    }
}
