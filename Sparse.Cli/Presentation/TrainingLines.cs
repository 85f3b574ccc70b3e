using SparseHybrid.Training;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Training as plain lines: one at the end of an epoch, and no more than about fifty in all.</summary>
internal sealed class TrainingLines(Terminal terminal, string title) : IProgress<TrainingProgress>
{
    private const int MostLines = 50;
    private int lastEpochShown;

    public void Report(TrainingProgress progress)
    {
        var stride = (progress.Epochs + MostLines - 1) / MostLines;
        var isMilestone = progress.Epoch % stride == 0 || progress.Epoch == progress.Epochs;
        var isEnd = progress.Batch == progress.BatchesPerEpoch && progress.Epoch > lastEpochShown;
        if (!isEnd || !isMilestone || progress.TestAccuracy is not { } accuracy)
        {
            return;
        }

        lastEpochShown = progress.Epoch;
        var epoch = progress.Epoch.ToString().PadLeft(progress.Epochs.ToString().Length);
        var left = progress.Epoch < progress.Epochs ? $"{Format.Duration(progress.Remaining)} left" : $"done in {Format.Duration(progress.Elapsed)}";
        terminal.Line(
            $"{title}: epoch {epoch}/{progress.Epochs}  loss {Format.Loss(progress.TrainLoss)}  accuracy {Format.Percent(accuracy)}  "
            + $"zeros {Format.Percent(progress.Sparsity)}  {Format.Lambda(progress.Strength)}{left}");
    }
}
