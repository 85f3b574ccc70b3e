using System.Globalization;

namespace SparseHybrid.Sweeps;

/// <summary>Values spread evenly on a logarithmic scale, rounded to three significant digits so that they can be said and typed.</summary>
public static class LogSpacing
{
    /// <summary>Strengths of a penalty with a constant ratio between neighbours.</summary>
    /// <param name="from">The first, above 0.</param>
    /// <param name="to">The last, above 0.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not above 0, or there are fewer than 2.</exception>
    public static IReadOnlyList<double> Lambdas(double from, double to, int count)
    {
        Require(from > 0 && double.IsFinite(from), nameof(from), from, "above 0");
        Require(to > 0 && double.IsFinite(to), nameof(to), to, "above 0");
        return Spread(from, to, count, value => value);
    }

    /// <summary>Shares of zeros where the share of weights that are left has a constant ratio between neighbours: 0.9, 0.968, 0.99.</summary>
    /// <param name="from">The first, above 0 and below 1.</param>
    /// <param name="to">The last, above 0 and below 1.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not a share below 1, or there are fewer than 2.</exception>
    public static IReadOnlyList<double> Targets(double from, double to, int count)
    {
        Require(from is > 0 and < 1, nameof(from), from, "above 0 and below 1");
        Require(to is > 0 and < 1, nameof(to), to, "above 0 and below 1");
        return Spread(from, to, count, share => 1 - share);
    }

    // `scale` is its own inverse: the logarithm is taken of what it gives.
    private static IReadOnlyList<double> Spread(double from, double to, int count, Func<double, double> scale)
    {
        Require(count >= 2, nameof(count), count, "2 or more");
        var (first, last) = (Math.Log(scale(from)), Math.Log(scale(to)));
        return
        [
            from,
            .. Enumerable.Range(1, count - 2).Select(index => scale(Rounded(Math.Exp(first + (last - first) * index / (count - 1))))).Select(Decimal),
            to,
        ];
    }

    private static double Rounded(double value) => double.Parse(value.ToString("0.##e0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // 1 - 0.0316 is 0.9683999999999999 in binary; the decimal number nearest to it is meant.
    private static double Decimal(double value) => double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void Require(bool isLegal, string name, double value, string range)
    {
        if (!isLegal)
        {
            throw new ArgumentOutOfRangeException(name, value, $"It must be {range}.");
        }
    }
}
