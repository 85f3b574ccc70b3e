using SparseHybrid.Data.Fetch;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Shows a download while it runs: a live bar on a terminal, a line a file elsewhere, nothing when quiet.</summary>
internal static class FetchDisplay
{
    public static FetchReport Run(Terminal terminal, string name, Func<IProgress<FetchProgress>?, FetchReport> fetch)
    {
        if (!terminal.ShowsProgress)
        {
            return fetch(null);
        }

        if (!terminal.IsLive)
        {
            return fetch(new Lines(terminal));
        }

        return terminal.Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = null }, new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .Start(context => fetch(new Bar(context.AddTask(Markup.Escape(name)))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress progress)
        {
            task.MaxValue = progress.BytesTotal;
            task.Value = progress.BytesDone;
        }
    }

    private sealed class Lines(Terminal terminal) : IProgress<FetchProgress>
    {
        private string? file;

        public void Report(FetchProgress progress)
        {
            if (progress.File != file)
            {
                file = progress.File;
                terminal.Line($"Fetching {file} ...");
            }
        }
    }
}
