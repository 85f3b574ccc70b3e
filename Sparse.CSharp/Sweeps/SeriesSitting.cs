using SparseHybrid.Training;

namespace SparseHybrid.Sweeps;

/// <summary>One sitting of a series of runs: which of them are done, under way or failed.</summary>
internal sealed class SeriesSitting<TRun>(RunSeries<TRun> folder, IPointTrainer trainer, IProgress<SweepProgress>? progress, CancellationToken cancellationToken)
    where TRun : PlannedRun
{
    private readonly Lock reporting = new();
    private readonly Dictionary<string, SweepRun> finished = [];
    private readonly Dictionary<string, string> failed = [];
    private readonly HashSet<string> taken = []; // under way or failed
    private readonly Dictionary<Task, TRun> running = [];

    /// <summary>Looks for runs that are done, and says what is known so far.</summary>
    public void Begin()
    {
        foreach (var point in folder.Runs)
        {
            if (folder.Inspect(point) is { State: PointState.Finished, Run: { } run })
            {
                finished.Add(point.Name, run);
                Tell(new SweepProgress(point, SweepMoment.Found, Run: run));
            }
        }

        folder.WriteResults(Outcome());
    }

    /// <summary>Begins as many runs as can go on together; false when none is left under way.</summary>
    public bool FillUp()
    {
        while (running.Count < trainer.MostAtOnce
            && !cancellationToken.IsCancellationRequested
            && RunOrder.Next(folder.Runs, finished.Keys.ToHashSet(), taken) is { } point)
        {
            taken.Add(point.Name);
            running.Add(Train(point), point);
        }

        return running.Count > 0;
    }

    /// <summary>Waits until a run ends, well or not.</summary>
    public void WaitForOne()
    {
        var task = Task.WhenAny(running.Keys).GetAwaiter().GetResult();
        running.Remove(task, out var point);
        try
        {
            task.GetAwaiter().GetResult();
            Finish(point!);
        }
        catch (SparseHybridException error)
        {
            Fail(point!, PointFailedException.Describe(error));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        folder.WriteResults(Outcome());
    }

    /// <summary>Waits for the runs under way, whatever becomes of them.</summary>
    public void WaitForAll() => Task.WhenAll(running.Keys).ContinueWith(_ => { }, TaskScheduler.Default).Wait(CancellationToken.None);

    /// <summary>What has been found so far.</summary>
    public SeriesOutcome Outcome() => new(
        folder.Runs.Count,
        [.. folder.Runs.Where(run => finished.ContainsKey(run.Name)).Select(run => finished[run.Name])],
        Failures());

    private async Task Train(TRun point)
    {
        await Task.Yield(); // whatever goes wrong from here on belongs to the task of this run
        await folder.WaitUntilFree(point, cancellationToken);
        var inspection = folder.Inspect(point);
        if (inspection.State == PointState.Finished)
        {
            return; // by a process that an earlier sitting left behind
        }

        if (inspection.State == PointState.Damaged)
        {
            folder.PutAside(point);
        }

        Tell(new SweepProgress(point, MomentOf(inspection.State), Explanation: inspection.Explanation));
        var assignment = new PointAssignment(folder.SettingsOf(point), Resume: inspection.State == PointState.Interrupted);
        await trainer.Train(assignment, onEpoch: epoch => Tell(new SweepProgress(point, SweepMoment.EpochDone, epoch)), cancellationToken);
    }

    private static SweepMoment MomentOf(PointState state) => state switch
    {
        PointState.Interrupted => SweepMoment.Resumed,
        PointState.Damaged => SweepMoment.Redone,
        _ => SweepMoment.Started,
    };

    private void Finish(TRun point)
    {
        var inspection = folder.Inspect(point);
        if (inspection.Run is not { } run)
        {
            Fail(point, inspection.Explanation ?? "It ended without a result.");
            return;
        }

        finished.Add(point.Name, run);
        Tell(new SweepProgress(point, SweepMoment.Finished, Run: run));
    }

    private void Fail(TRun point, string error)
    {
        failed.Add(point.Name, error);
        Tell(new SweepProgress(point, SweepMoment.Failed, Explanation: error));
    }

    // A run that begins with the weights of one that failed, at whatever distance, has failed with it.
    private List<SweepFailure> Failures()
    {
        var errors = new Dictionary<string, string>(failed);
        foreach (var point in folder.Runs.Where(point => point.Start is not null && errors.ContainsKey(point.Start)))
        {
            errors.TryAdd(point.Name, "It begins with the weights of a run that failed.");
        }

        return [.. folder.Runs.Where(point => errors.ContainsKey(point.Name)).Select(point => new SweepFailure(point.Folder, errors[point.Name]))];
    }

    private void Tell(SweepProgress news)
    {
        lock (reporting)
        {
            progress?.Report(news);
        }
    }
}
