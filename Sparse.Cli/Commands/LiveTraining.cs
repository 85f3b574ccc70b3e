using SparseHybrid.Cli.Errors;
using SparseHybrid.Deploy.Report.Live;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Commands;

/// <summary>Training that is watched: the view hears of everything, of the end too, however it comes.</summary>
internal static class LiveTraining
{
    /// <summary>Trains, and tells the view how that ended.</summary>
    public static TrainingReport Run(LiveView live, string path, Func<TrainingReport> train)
    {
        try
        {
            var report = train();
            live.End(new LiveEnding("done", $"Training has ended. This page keeps what it shows; ./sparse report {TrainingJob.Quoted(path)} tells more."));
            return report;
        }
        catch (OperationCanceledException)
        {
            live.End(new LiveEnding("interrupted", $"Training was interrupted. It goes on with: ./sparse train --resume {TrainingJob.Quoted(path)}"));
            throw;
        }
        catch (Exception error)
        {
            live.End(new LiveEnding("failed", $"Training failed. {ErrorReport.FirstLine(error.Message)}"));
            throw;
        }
    }

    /// <summary>Progress that both are told of.</summary>
    public static IProgress<TrainingProgress> Both(IProgress<TrainingProgress>? shown, LiveView live) => shown is null ? live : new Two(shown, live);

    private sealed class Two(IProgress<TrainingProgress> first, IProgress<TrainingProgress> second) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            first.Report(value);
            second.Report(value);
        }
    }
}
