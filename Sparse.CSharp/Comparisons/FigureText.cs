using System.Globalization;
using SparseHybrid.Comparisons.Statistics;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

/// <summary>Figures of a comparison as people read them, shares in percent.</summary>
public static class FigureText
{
    /// <summary>A p value with two significant digits, small ones as a bound.</summary>
    public static string P(double p) => p < 0.001 ? "< 0.001" : p.ToString("0.0##", CultureInfo.InvariantCulture);

    /// <summary>A mean of shares and the standard deviation of the sample, in percent.</summary>
    public static string Percent(Spread share) => share.StandardDeviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * share.Mean:0.00} ± {100 * deviation:0.00}")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share.Mean:0.00}");

    /// <summary>A difference of shares in points with its 95 % interval.</summary>
    public static string Points(PairedDifference difference) => difference is { Low: { } low, High: { } high }
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * difference.Mean:+0.00;-0.00;0.00} ({100 * low:+0.00;-0.00;0.00} to {100 * high:+0.00;-0.00;0.00})")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * difference.Mean:+0.00;-0.00;0.00}");

    /// <summary>The setting of a row: lambda 5e-6, 96 %, or a dash.</summary>
    public static string Setting(ComparisonRow row) => Setting(row.Lambda, row.TargetSparsity);

    /// <summary>The same of a strength, or a share of zeros asked for.</summary>
    public static string Setting(double? strength, double? target) => (strength, target) switch
    {
        ({ } lambda, _) => $"lambda {SweepValue.ToText(SweepVariable.Lambda, lambda)}",
        (_, { } share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %"),
        _ => "–",
    };

    /// <summary>An outcome in words.</summary>
    public static string Outcome(ComparedPair pair) => pair.Outcome switch
    {
        PairOutcome.Better => "better",
        PairOutcome.Worse => "worse",
        PairOutcome.NotShown => "no difference shown",
        _ => $"not compared: {pair.Note}",
    };
}
