namespace SparseHybrid.Comparisons.Statistics;

/// <summary>Correction of p values for several tests at once: the chance of even one false finding stays at the level.</summary>
/// <remarks>Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6 (1979).</remarks>
internal static class Holm
{
    /// <summary>Corrected p values, in the order given: the k-th least of n times (n - k + 1), never falling, at most 1.</summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var least = 0.0;
        foreach (var (index, rank) in Enumerable.Range(0, values.Count).OrderBy(index => values[index]).Select((index, rank) => (index, rank)))
        {
            least = Math.Max(least, Math.Min(1, (values.Count - rank) * values[index]));
            adjusted[index] = least;
        }

        return adjusted;
    }
}
