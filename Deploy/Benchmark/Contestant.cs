using System.Diagnostics;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>One model in a benchmark, loaded and bound to its memory. Owns the session.</summary>
internal sealed class Contestant : IDisposable
{
    private const int MostLoads = 5;
    private static readonly TimeSpan LoadingTime = TimeSpan.FromSeconds(1); // no further load after this

    private const int FewestWarmUpRuns = 3;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(30); // twice

    private readonly ModelSession session;
    private readonly IPreparedRun run;
    private readonly List<double> microseconds = [];
    private int runsPerTurn = 1;

    private Contestant(ModelSession session, IPreparedRun run, long[] inputShape)
    {
        this.session = session;
        this.run = run;
        Outputs = new ModelOutputs(inputShape, [.. session.OutputNames.Zip(run.CopyOutputs())]);
    }

    public string Path => session.Path;

    /// <summary>Median of some loads.</summary>
    public required double LoadMilliseconds { get; init; }

    /// <summary>What it makes of the benchmark's input.</summary>
    public ModelOutputs Outputs { get; }

    /// <summary>How far its outputs are from the first model's.</summary>
    public OutputAgreement Agreement { get; set; } = OutputAgreement.Self;

    public required IReadOnlyList<NodePlacement> Nodes { get; init; }

    public static Contestant Load(string path, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var (session, loadMilliseconds) = LoadSomeTimes(path, options, cancellationToken);
        try
        {
            var shape = session.InputShape(options.Batch);
            var input = StandardNormal.Draw(new Random(options.Seed), shape.Aggregate(1L, (product, size) => product * size));
            return new Contestant(session, Prepare(session, input, options), shape)
            {
                LoadMilliseconds = loadMilliseconds,
                Nodes = ProviderProfile.Nodes(path, options.Session, input, options.Batch),
            };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs untimed, then finds how many runs fill a turn of the given length.</summary>
    public void WarmUp(double secondsPerTurn, int mostRuns)
    {
        Repeat();
        runsPerTurn = (int)Math.Clamp(secondsPerTurn / Repeat(), 1, mostRuns);
        microseconds.EnsureCapacity(runsPerTurn);
    }

    public void TakeTurn(CancellationToken cancellationToken)
    {
        run.Run(); // the others have used the caches since
        for (var i = 0; i < runsPerTurn; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            run.Run();
            microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
    }

    public LatencySummary Latency() => LatencySummary.Of(microseconds);

    public void Dispose()
    {
        run.Dispose();
        session.Dispose();
    }

    // Seconds a run: processors and caches need some runs, and some time, to get going.
    private double Repeat()
    {
        var start = Stopwatch.GetTimestamp();
        var runs = 0;
        while (runs < FewestWarmUpRuns || Stopwatch.GetElapsedTime(start) < WarmUpTime)
        {
            run.Run();
            runs++;
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
    }

    private static (ModelSession Session, double Milliseconds) LoadSomeTimes(string path, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var first = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            var session = ModelSession.Load(path, options.Session);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            if (times.Count == MostLoads || Stopwatch.GetElapsedTime(first) > LoadingTime)
            {
                return (session, LatencySummary.Of(times).MedianMicroseconds / 1000);
            }

            session.Dispose();
        }
    }

    private static IPreparedRun Prepare(ModelSession session, float[] input, BenchmarkOptions options) => (options.Provider, options.TransfersAreTimed) switch
    {
        (ExecutionProvider.Cpu, _) => session.Prepare(input, options.Batch),
        (_, true) => session.PrepareWithTransfers(input, options.Batch),
        (_, false) => session.PrepareOnDevice(input, options.Batch),
    };
}
