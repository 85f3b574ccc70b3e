using SparseHybrid.Cli.Commands;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What a run ended with, for people.</summary>
internal static class TrainingSummary
{
    public static void Show(Terminal terminal, TrainingOutcome outcome)
    {
        var report = outcome.Report;
        terminal.Line();
        terminal.Line($"accuracy  {Format.FinePercent(report.TestAccuracy)} of the test images, after the last epoch");
        terminal.Line($"zeros     {Format.FinePercent(report.Sparsity)} of {Format.Count(report.RegularisedWeights)} regularised weights");
        if (report.TargetSparsity is { } target)
        {
            terminal.Line($"target    {(target.IsReached ? "reached" : "MISSED")}: {target.Explanation}");
        }

        terminal.Line($"left      {Format.Count(report.Nonzeros)} of {Format.Count(report.Parameters)} parameters are not zero");
        terminal.Line($"time      {Format.Duration(TimeSpan.FromSeconds(report.Seconds))} ({report.Epochs} epochs)");
        terminal.Line($"run       {outcome.Path}");
        terminal.Line();
        terminal.Line($"Next: ./sparse export {outcome.Path}");
    }
}
