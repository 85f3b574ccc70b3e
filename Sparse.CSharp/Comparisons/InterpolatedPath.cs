namespace SparseHybrid.Comparisons;

/// <summary>Results of one arm and seed along a share (of zero filters, say), with straight lines between neighbours.</summary>
/// <param name="Points">In any order.</param>
internal sealed record InterpolatedPath(IReadOnlyList<(double Share, SeedResult Result)> Points)
{
    /// <summary>The result at a share; null outside of what was reached.</summary>
    public SeedResult? Between(double share)
    {
        var ordered = Points.OrderBy(point => point.Share).ToList();
        var after = ordered.FindIndex(point => point.Share >= share);
        return after switch
        {
            -1 => null,
            0 => ordered[0].Share == share ? ordered[0].Result : null,
            _ => Mix(ordered[after - 1], ordered[after], share),
        };
    }

    private static SeedResult Mix((double Share, SeedResult Result) low, (double Share, SeedResult Result) high, double share)
    {
        var part = (share - low.Share) / (high.Share - low.Share);
        double Between(double from, double to) => from + part * (to - from);
        return new SeedResult(Between(low.Result.Accuracy, high.Result.Accuracy), Between(low.Result.Gap, high.Result.Gap));
    }
}
