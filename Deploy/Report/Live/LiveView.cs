using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Report.Live;

/// <summary>
/// Shows a run in browsers of this machine while it trains: the charts of its report, brought up to date every two seconds. Nothing
/// but the loopback interface is listened on, and the address holds a secret. Give it to the training as its progress and as one of
/// its callbacks; training neither waits for it nor comes out otherwise. Dispose it after <see cref="End"/>; pages that are open
/// keep what they show.
/// </summary>
public sealed class LiveView : ITrainerCallback, IProgress<TrainingProgress>, IDisposable
{
    private readonly TrainingWatch watch = new();
    private readonly PagePublisher publisher;
    private readonly LiveServer server;

    private LiveView(string runPath, int port, TimeSpan interval)
    {
        publisher = new PagePublisher(watch, runPath, interval);
        try
        {
            server = new LiveServer(publisher, port);
        }
        catch
        {
            publisher.Dispose();
            throw;
        }
    }

    /// <summary>Where to look, as http://127.0.0.1:PORT/SECRET/.</summary>
    public Uri Address => server.Address;

    /// <summary>Begins to serve the page.</summary>
    /// <param name="runPath">The run folder; it need not exist before training begins.</param>
    /// <param name="port">The port to listen at, 0 to 65535; 0: any that is free.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such port.</exception>
    /// <exception cref="LiveViewException">The port cannot be had: another program listens there, or it needs a right that the user has not.</exception>
    public static LiveView Start(string runPath, int port = 0) => Start(runPath, port, TimeSpan.FromSeconds(2));

    internal static LiveView Start(string runPath, int port, TimeSpan interval)
    {
        ArgumentException.ThrowIfNullOrEmpty(runPath);
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        return new LiveView(runPath, port, interval);
    }

    /// <inheritdoc/>
    public void OnFitStart(SparseTrainerOptions options) => watch.OnFitStart(options);

    /// <inheritdoc/>
    public void Report(TrainingProgress value) => watch.Report(value);

    /// <inheritdoc/>
    public bool OnEpochEnd(EpochSummary epoch) => watch.OnEpochEnd(epoch);

    /// <summary>Says that the run has ended, and how. The first word counts.</summary>
    /// <param name="ending">What the page says from now on.</param>
    public void End(LiveEnding ending) => watch.End(ending);

    /// <summary>Sends the last page to who has it open, at most two seconds long, and stops listening.</summary>
    public void Dispose()
    {
        watch.End(new LiveEnding("ended", "The run has ended. This page keeps what it shows."));
        publisher.Finish();
        server.Dispose();
        publisher.Dispose();
    }
}
