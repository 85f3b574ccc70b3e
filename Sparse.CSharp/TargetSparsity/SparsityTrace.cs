namespace SparseHybrid.TargetSparsity;

/// <summary>A few moments of each epoch under control, for the metrics.</summary>
/// <param name="stepsPerEpoch">Steps of an epoch.</param>
internal sealed class SparsityTrace(int stepsPerEpoch)
{
    private const int PointsAnEpoch = 10;
    private const int NumbersAPoint = 3;

    private readonly List<SparsityTracePoint> points = [];

    /// <summary>Keeps a moment if it is the first in its tenth of the epoch; forgets those of earlier epochs.</summary>
    public void Note(SparsityTracePoint point)
    {
        points.RemoveAll(earlier => EpochOf(earlier) != EpochOf(point));
        if (points.Count == 0 || TenthOf(points[^1]) != TenthOf(point))
        {
            points.Add(point);
        }
    }

    /// <summary>Those of an epoch, counted from 0.</summary>
    public IReadOnlyList<SparsityTracePoint> OfEpoch(int epoch) => [.. points.Where(point => EpochOf(point) == epoch)];

    /// <summary>Every number, for a checkpoint.</summary>
    public IEnumerable<double> ToNumbers() => points.SelectMany(point => new[] { point.Step, point.Lambda, point.Sparsity });

    /// <summary>Puts back what <see cref="ToNumbers"/> gave.</summary>
    public void Restore(IEnumerable<double> numbers)
    {
        points.Clear();
        points.AddRange(numbers.Chunk(NumbersAPoint).Select(point => new SparsityTracePoint((long)point[0], point[1], point[2])));
    }

    private long EpochOf(SparsityTracePoint point) => (point.Step - 1) / stepsPerEpoch;

    private long TenthOf(SparsityTracePoint point) => (point.Step - 1) % stepsPerEpoch * PointsAnEpoch / stepsPerEpoch;
}
