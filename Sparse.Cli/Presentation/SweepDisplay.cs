using System.Diagnostics;
using SparseHybrid.Sweeps;
using Spectre.Console;

namespace SparseHybrid.Cli.Presentation;

/// <summary>Shows a sweep while it runs: bars on a terminal, a line a run elsewhere, nothing when quiet.</summary>
internal static class SweepDisplay
{
    /// <param name="terminal">Where to show it.</param>
    /// <param name="epochs">Epochs of each run, by name.</param>
    /// <param name="sweep">Does the work, and reports to what it is given.</param>
    public static T Run<T>(Terminal terminal, IReadOnlyDictionary<string, int> epochs, Func<IProgress<SweepProgress>?, T> sweep)
    {
        if (!terminal.ShowsProgress)
        {
            return sweep(null);
        }

        if (!terminal.IsLive)
        {
            return sweep(new SweepLines(epochs, terminal.Line));
        }

        return terminal.Console.Progress()
            .HideCompleted(true)
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = null },
                new PercentageColumn())
            .Start(context => sweep(new SweepBars(context, epochs, new SweepLines(epochs, terminal.Notice))));
    }
}

/// <summary>A sweep as plain lines: one whenever a run ends, or begins in another way than from its start.</summary>
/// <param name="epochs">Epochs of each run, by name.</param>
/// <param name="write">Writes a line.</param>
internal sealed class SweepLines(IReadOnlyDictionary<string, int> epochs, Action<string> write) : IProgress<SweepProgress>
{
    private readonly Stopwatch sitting = Stopwatch.StartNew();
    private readonly Dictionary<string, int> epochsBehind = []; // by run
    private int epochsNow; // of this sitting
    private int ended;

    public void Report(SweepProgress news)
    {
        switch (news.Moment)
        {
            case SweepMoment.Found:
                epochsBehind[news.Point.Name] = epochs[news.Point.Name];
                ended++;
                break;
            case SweepMoment.EpochDone:
                epochsBehind[news.Point.Name] = news.Epoch!.Epoch;
                epochsNow++;
                break;
            case SweepMoment.Resumed:
                write($"{news.Point.Name}: goes on after an interruption");
                break;
            case SweepMoment.Redone:
                write($"{news.Point.Name}: begins anew, what was there is now {news.Point.Name}.damaged. {news.Explanation}");
                break;
            case SweepMoment.Finished:
                ended++;
                write($"{Place} {news.Point.Name}: accuracy {Format.FinePercent(news.Run!.TestAccuracy)}  zeros {Format.FinePercent(news.Run.Sparsity)}  {TimeLeft}");
                break;
            case SweepMoment.Failed:
                epochsBehind[news.Point.Name] = epochs[news.Point.Name];
                ended++;
                write($"{Place} {news.Point.Name}: failed. {news.Explanation}");
                break;
        }
    }

    private string Place => $"{ended.ToString().PadLeft($"{epochs.Count}".Length)}/{epochs.Count}";

    private string TimeLeft => ended < epochs.Count
        ? $"{Format.Duration(sitting.Elapsed / Math.Max(1, epochsNow) * (epochs.Values.Sum() - epochsBehind.Values.Sum()))} left"
        : $"done in {Format.Duration(sitting.Elapsed)}";
}

/// <summary>A sweep as live bars: one for the whole, one for each run under way; lines for those that end.</summary>
internal sealed class SweepBars(ProgressContext context, IReadOnlyDictionary<string, int> epochs, SweepLines lines) : IProgress<SweepProgress>
{
    private readonly ProgressTask whole = context.AddTask("sweep", maxValue: epochs.Values.Sum());
    private readonly Dictionary<string, ProgressTask> bars = [];

    public void Report(SweepProgress news)
    {
        lines.Report(news);
        switch (news.Moment)
        {
            case SweepMoment.Found:
                whole.Increment(epochs[news.Point.Name]);
                break;
            case SweepMoment.Started or SweepMoment.Resumed or SweepMoment.Redone:
                bars[news.Point.Name] = context.AddTask(Markup.Escape(news.Point.Name), maxValue: epochs[news.Point.Name]);
                break;
            case SweepMoment.EpochDone:
                Advance(bars[news.Point.Name], news.Epoch!.Epoch);
                break;
            default:
                var bar = bars[news.Point.Name];
                Advance(bar, epochs[news.Point.Name]);
                bar.StopTask();
                break;
        }
    }

    private void Advance(ProgressTask bar, double epoch)
    {
        whole.Increment(epoch - bar.Value);
        bar.Value = epoch;
    }
}
