using SparseHybrid.Deploy.Benchmark;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Shows a benchmark while it runs: a live bar on a terminal, one line elsewhere, nothing when quiet.</summary>
internal static class BenchmarkDisplay
{
    public static BenchmarkReport Run(Terminal terminal, string title, Func<IProgress<BenchmarkProgress>?, BenchmarkReport> measure)
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
            .Start(context => measure(new Bar(context.AddTask(Markup.Escape(title), maxValue: 1.0))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress progress) => task.Value = (double)progress.Round / progress.Rounds;
    }
}
