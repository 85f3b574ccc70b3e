using SparseHybrid.Training;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Shows training while it runs: a live bar on a terminal, a line an epoch elsewhere, nothing when quiet.</summary>
internal static class TrainingDisplay
{
    /// <param name="terminal">Where to show it.</param>
    /// <param name="title">A word or two in front of the bar.</param>
    /// <param name="train">Trains, and reports to what it is given.</param>
    public static T Run<T>(Terminal terminal, string title, Func<IProgress<TrainingProgress>?, T> train)
    {
        if (!terminal.ShowsProgress)
        {
            return train(null);
        }

        if (!terminal.IsLive)
        {
            return train(new TrainingLines(terminal, title));
        }

        return terminal.Console.Progress()
            .HideCompleted(false)
            .AutoClear(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = null },
                new PercentageColumn(),
                new TrainingColumn())
            .Start(context => train(new TrainingBar(context.AddTask(Markup.Escape(title), maxValue: 1.0))));
    }
}
