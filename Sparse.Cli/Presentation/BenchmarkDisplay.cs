using SparseHybrid.Deploy.Benchmark;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Shows a benchmark while it runs: a live bar on a terminal, one line elsewhere, nothing when quiet.</summary>
internal static class BenchmarkDisplay
{
    public static T Run<T>(Terminal terminal, string title, Func<IProgress<BenchmarkProgress>?, T> measure)
    {
        if (!terminal.ShowsProgress)
        {
            return measure(null);
        }

        if (!terminal.IsLive)
        {
            terminal.Line($"{title} ...");
            return measure(null);
        }

        return terminal.Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = null }, new PercentageColumn())
            .Start(context => measure(new Bar(title, context.AddTask(Markup.Escape(title), maxValue: 1.0))));
    }

    private sealed class Bar(string title, ProgressTask task) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress progress)
        {
            task.Description = Markup.Escape($"{title}: {BenchmarkCells.Title(progress.Threads, progress.Batch)}");
            task.Value = progress.Share;
        }
    }
}
