using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Report.Live;
using SparseHybrid.Optim;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Commands;

/// <summary>A trained run: its folder as the user named it, and what the folder says.</summary>
internal sealed record TrainingOutcome(string Path, RunRecord Run, TrainingReport Report)
{
    public TrainJson ToJson() => new(
        Path,
        Run.Method,
        Run.Model.Name,
        Run.Data.Name,
        Report.Epochs,
        Report.Seed,
        Report.TestAccuracy,
        Report.TrainLoss,
        Report.Sparsity,
        Report.TargetSparsity,
        Report.Nonzeros,
        Report.Parameters,
        Report.Seconds,
        Report.SecondsPerEpoch);
}

/// <summary>Training as commands do it: with progress, and with a word on how to go on after an interruption.</summary>
internal static class TrainingJob
{
    public static TrainingOutcome Start(
        TrainingRunSettings settings, string title, Terminal terminal, CancellationToken cancellation, LiveView? live = null) =>
        Train(settings.RunPath, title, terminal, live, (progress, callbacks) => TrainingRun.Start(settings, progress, callbacks, cancellation));

    public static TrainingOutcome Resume(string path, Terminal terminal, CancellationToken cancellation, LiveView? live = null) =>
        Train(path, "Training", terminal, live, (progress, callbacks) => TrainingRun.Resume(
            path, progress, callbacks, damaged: error => terminal.Remark($"{error.What} {error.Why} The one before it is used."), cancellation));

    private static TrainingOutcome Train(
        string path, string title, Terminal terminal, LiveView? live, Func<IProgress<TrainingProgress>?, ITrainerCallback[], TrainingReport> train)
    {
        var last = new Watch(terminal);
        try
        {
            var report = TrainingDisplay.Run(terminal, title, shown => live is null
                ? train(shown, [last])
                : LiveTraining.Run(live, path, () => train(LiveTraining.Both(shown, live), [last, live])));
            var record = RunFolder.Open(path).Record;
            foreach (var remark in record.Weights?.Remarks ?? [])
            {
                terminal.Remark(remark);
            }

            return new TrainingOutcome(path, record, report);
        }
        catch (RunException error) when (last.Path is not null)
        {
            throw new RunException(
                error.Path,
                what: error.What,
                why: error.Why,
                fix: $"The checkpoint {last.Path} is whole. Once that is mended, go on with: ./sparse train --resume {Quoted(path)}",
                inner: error);
        }
        catch (OperationCanceledException interruption) when (last.Path is not null)
        {
            throw new InterruptedException(
                what: $"Interrupted. {interruption.Message} Its checkpoint is {last.Path}.",
                goOn: $"Go on with: ./sparse train --resume {Quoted(path)}",
                interruption);
        }
    }

    public static string Quoted(string path) => path.Contains(' ') ? $"'{path}'" : path;

    /// <summary>Remembers the last checkpoint, and remarks on layers that have died.</summary>
    private sealed class Watch(Terminal terminal) : ITrainerCallback
    {
        private readonly HashSet<string> dead = [];

        public void OnFitStart(SparseTrainerOptions options)
        {
            if (options.Device == ComputeDevice.Cuda && !CudaKernels.AreUsed(0))
            {
                terminal.Notice($"Steps run as tensor operations, which takes longer: {CudaKernels.Describe(0)}");
            }
        }

        public string? Path { get; private set; }

        public bool OnEpochEnd(EpochSummary epoch)
        {
            foreach (var layer in epoch.DeadLayers.Where(dead.Add).Where(_ => terminal.ShowsProgress))
            {
                terminal.Notice($"Only zeros are left in {layer} after epoch {epoch.Epoch}; a smaller --lambda or --dead-layers ease keeps layers alive.");
            }

            return true;
        }

        public void OnCheckpointSaved(string path) => Path = path;
    }
}
