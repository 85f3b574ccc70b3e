namespace SparseHybrid.Comparisons.Statistics;

/// <summary>Student's t distribution.</summary>
/// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.1 for the distribution, 26.5.8 for the continued fraction.</remarks>
internal static class StudentT
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-15;
    private const int MostTerms = 10_000;

    /// <summary>Probability that |T| is at least |t|.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double TwoSidedP(double t, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        return IncompleteBeta(degreesOfFreedom / 2.0, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t));
    }

    /// <summary>The t for which |T| is below t with the given probability.</summary>
    /// <param name="probability">Above 0 and below 1: 0.95 for a 95 % interval.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double TwoSidedQuantile(double probability, int degreesOfFreedom)
    {
        if (probability is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "It must be above 0 and below 1.");
        }

        var (low, high) = (0.0, 1.0);
        while (1 - TwoSidedP(high, degreesOfFreedom) < probability)
        {
            (low, high) = (high, 2 * high);
        }

        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = 1 - TwoSidedP(middle, degreesOfFreedom) < probability ? (middle, high) : (low, middle);
        }

        return high;
    }

    // I_x(a, b): the continued fraction converges fast below the mean, the other tail follows by symmetry.
    private static double IncompleteBeta(double a, double b, double x)
    {
        if (x is 0 or 1)
        {
            return x;
        }

        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - front * Fraction(b, a, 1 - x) / b;
    }

    // Evaluated by Lentz's method.
    private static double Fraction(double a, double b, double x)
    {
        var (c, d) = (1.0, 1 / NotZero(1 - (a + b) * x / (a + 1)));
        var result = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            Step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
            var factor = Step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
            if (Math.Abs(factor - 1) < Precision)
            {
                break;
            }
        }

        return result;

        double Step(double numerator)
        {
            d = 1 / NotZero(1 + numerator * d);
            c = NotZero(1 + numerator / c);
            result *= c * d;
            return c * d;
        }
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    // Stirling's series (6.1.40) from 10 on; below it by the recurrence Gamma(x + 1) = x Gamma(x).
    private static double LogGamma(double x)
    {
        if (x < 10)
        {
            return LogGamma(x + 1) - Math.Log(x);
        }

        var square = x * x;
        var series = (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / x;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series;
    }
}
