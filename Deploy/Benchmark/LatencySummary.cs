namespace SparseHybrid.Deploy.Benchmark;

/// <summary>Order statistics of measured times, in microseconds.</summary>
public sealed record LatencySummary
{
    /// <summary>The number of timed runs.</summary>
    public required int Runs { get; init; }

    /// <summary>The shortest time.</summary>
    public required double MinimumMicroseconds { get; init; }

    /// <summary>Half of the runs took no longer.</summary>
    public required double MedianMicroseconds { get; init; }

    /// <summary>95 of 100 runs took no longer.</summary>
    public required double P95Microseconds { get; init; }

    /// <summary>The distance between the first and the third quartile.</summary>
    public required double SpreadMicroseconds { get; init; }

    /// <summary>Sums up times; quantiles between two runs are interpolated linearly.</summary>
    /// <param name="microseconds">At least one time, in any order; not changed.</param>
    public static LatencySummary Of(IReadOnlyCollection<double> microseconds)
    {
        if (microseconds.Count == 0)
        {
            throw new ArgumentException("No times were measured.", nameof(microseconds));
        }

        double[] sorted = [.. microseconds.Order()];
        return new LatencySummary
        {
            Runs = sorted.Length,
            MinimumMicroseconds = sorted[0],
            MedianMicroseconds = Quantile(sorted, 0.5),
            P95Microseconds = Quantile(sorted, 0.95),
            SpreadMicroseconds = Quantile(sorted, 0.75) - Quantile(sorted, 0.25),
        };
    }

    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
