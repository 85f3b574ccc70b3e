namespace SparseHybrid.Comparisons.Statistics;

/// <summary>A difference between two settings over pairs of runs that share their seed, with Student's paired test.</summary>
/// <param name="Pairs">How many pairs there are.</param>
/// <param name="Mean">Mean difference.</param>
/// <param name="Low">Lower end of its 95 % interval; null for a single pair.</param>
/// <param name="High">Upper end of its 95 % interval; null for a single pair.</param>
/// <param name="PValue">Two-sided p value of no difference; null for a single pair.</param>
public sealed record PairedDifference(int Pairs, double Mean, double? Low, double? High, double? PValue)
{
    private const double Confidence = 0.95;

    /// <summary>Of at least one difference.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static PairedDifference Of(IReadOnlyCollection<double> differences)
    {
        var spread = Sweeps.Spread.Of(differences);
        if (spread.StandardDeviation is not { } deviation)
        {
            return new PairedDifference(1, spread.Mean, null, null, null);
        }

        var freedom = differences.Count - 1;
        var error = deviation / Math.Sqrt(differences.Count);
        var reach = StudentT.TwoSidedQuantile(Confidence, freedom) * error;
        return new PairedDifference(differences.Count, spread.Mean, spread.Mean - reach, spread.Mean + reach, PValueOf(spread.Mean, error, freedom));
    }

    // Differences that are all alike leave no doubt about them.
    private static double PValueOf(double mean, double error, int freedom) =>
        error > 0 ? StudentT.TwoSidedP(mean / error, freedom) : mean == 0 ? 1 : 0;
}
