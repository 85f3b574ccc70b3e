namespace SparseHybrid.Sweeps;

/// <summary>The runs of a sweep in the order in which they are begun.</summary>
public sealed class SweepPlan
{
    private SweepPlan(IReadOnlyList<SweepPoint> points) => Points = points;

    /// <summary>Every run, seed by seed within a value, so that a whole value is there early.</summary>
    public IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>Lays out the runs.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static SweepPlan Of(SweepOptions options)
    {
        options.Validate();
        var points =
            from index in Enumerable.Range(0, options.Values.Count)
            from method in options.Methods
            from seed in options.Seeds
            let before = options.WarmStart && index > 0
                ? SweepPoint.NameOf(method.Name, options.Variable, options.Values[index - 1], seed)
                : null
            select new SweepPoint(method.Name, options.Variable, options.Values[index], seed, before);
        return new SweepPlan([.. points]);
    }
}
