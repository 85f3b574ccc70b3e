using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Runs;

namespace SparseHybrid.Deploy.Report.Live;

/// <summary>Makes a page of what is known every few seconds, on a thread of its own that yields to training, for whoever asks.</summary>
internal sealed class PagePublisher : IDisposable
{
    private readonly TrainingWatch watch;
    private readonly string runPath;
    private readonly TimeSpan interval;
    private readonly object gate = new(); // of a kind that can be waited on
    private readonly ManualResetEventSlim hurry = new();
    private readonly Thread thread;
    private RunFindings? run;
    private LivePage page;
    private long number;

    /// <param name="watch">Knows where training is.</param>
    /// <param name="runPath">The run folder, which need not exist yet.</param>
    /// <param name="interval">Time from one page to the next.</param>
    public PagePublisher(TrainingWatch watch, string runPath, TimeSpan interval)
    {
        (this.watch, this.runPath, this.interval) = (watch, Path.GetFullPath(runPath), interval);
        page = Make(watch.Read());
        thread = YieldingThread.Start("live view: pages", Publish);
    }

    /// <summary>The newest page, and its number.</summary>
    public (LivePage Page, long Number) Newest
    {
        get
        {
            lock (gate)
            {
                return (page, number);
            }
        }
    }

    /// <summary>Waits for a page newer than one that is known.</summary>
    /// <returns>False when none has come in time.</returns>
    public bool WaitForNewer(long known, TimeSpan patience)
    {
        lock (gate)
        {
            return number > known || (Monitor.Wait(gate, patience) && number > known);
        }
    }

    /// <summary>Makes the last page, after the watch was told of the end.</summary>
    public void Finish()
    {
        hurry.Set();
        thread.Join();
    }

    public void Dispose()
    {
        Finish();
        hurry.Dispose();
    }

    private void Publish()
    {
        var made = -1L;
        var isLast = false;
        while (!isLast)
        {
            isLast = hurry.Wait(interval);
            var state = watch.Read();
            if (state.Changes != made)
            {
                made = state.Changes;
                Publish(Make(state));
            }
        }
    }

    private void Publish(LivePage made)
    {
        lock (gate)
        {
            (page, number) = (made, number + 1);
            Monitor.PulseAll(gate);
        }
    }

    private LivePage Make(WatchedState state)
    {
        try
        {
            run = state.IsBegun ? Read(state) : null;
        }
        catch (SparseHybridException)
        {
            // What was read last stays; training finds out by itself when its folder is gone.
        }

        return new LivePage(state, run, Path.GetFileName(runPath));
    }

    private RunFindings Read(WatchedState state)
    {
        using var folder = RunFolder.Open(runPath);
        var epochs = folder.ReadMetrics();
        var done = epochs.Count == 0 ? 0 : epochs[^1].Epoch;
        return new RunFindings(folder.Record)
        {
            Name = Path.GetFileName(runPath),
            Path = runPath,
            Epochs = epochs,
            UnderWay = [.. state.UnderWay.Where(moment => moment.Epoch > done)], // an epoch is in the metrics a moment before its end is told
            Stage = state.Ending?.Stage ?? "under way",
        };
    }
}
