using System.Diagnostics;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>One model in a benchmark, loaded and bound to its memory. Owns the session.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly ModelSession session;
    private readonly PreparedRun run;
    private readonly long[] inputShape;
    private readonly float[][] outputs;
    private readonly List<double> microseconds = [];
    private int runsPerTurn = 1;

    private Contestant(ModelSession session, PreparedRun run, long[] inputShape)
    {
        this.session = session;
        this.run = run;
        this.inputShape = inputShape;
        outputs = run.CopyOutputs();
    }

    public string Path => session.Path;
    public double LoadMilliseconds { get; private init; }
    public double MaxAbsDifference { get; private set; }
    public required IReadOnlyDictionary<string, int> NodesPerProvider { get; init; }

    public static Contestant Load(string path, SessionSettings settings, BenchmarkOptions options)
    {
        var start = Stopwatch.GetTimestamp();
        var session = ModelSession.Load(path, settings);
        var loadMilliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        try
        {
            var shape = session.InputShape(options.Batch);
            var input = StandardNormal.Draw(new Random(options.Seed), shape.Aggregate(1L, (product, size) => product * size));
            return new Contestant(session, session.Prepare(input, options.Batch), shape)
            {
                LoadMilliseconds = loadMilliseconds,
                NodesPerProvider = ProviderProfile.CountNodes(path, settings, input, options.Batch),
            };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public bool HasSameInterfaceAs(Contestant other) =>
        inputShape.SequenceEqual(other.inputShape)
        && outputs.Select(output => output.Length).SequenceEqual(other.outputs.Select(output => output.Length));

    /// <summary>Sets <see cref="MaxAbsDifference"/> and returns the baseline's largest output.</summary>
    public double CompareWith(Contestant baseline)
    {
        var comparison = new OutputComparison();
        foreach (var (expected, actual) in baseline.outputs.Zip(outputs))
        {
            comparison.Add(expected, actual);
        }

        MaxAbsDifference = comparison.MaxAbsDifference;
        return comparison.LargestExpected;
    }

    /// <summary>Runs untimed, then finds how many runs fill a turn of the given length.</summary>
    public void WarmUp(int runs, double secondsPerTurn, int mostRuns)
    {
        for (var i = 0; i < runs; i++)
        {
            run.Run();
        }

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++)
        {
            run.Run();
        }

        var secondsPerRun = Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
        runsPerTurn = (int)Math.Clamp(secondsPerTurn / secondsPerRun, 1, mostRuns);
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
}
