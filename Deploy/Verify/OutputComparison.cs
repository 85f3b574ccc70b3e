using System.Numerics;

namespace SparseHybrid.Deploy.Verify;

/// <summary>Compares outputs batch by batch and remembers the largest difference.</summary>
internal sealed class OutputComparison
{
    /// <summary>The largest |expected - actual| so far; infinite as soon as only one of a pair is NaN or infinite.</summary>
    public double MaxAbsDifference { get; private set; }

    /// <summary>The largest finite |expected| so far.</summary>
    public double LargestExpected { get; private set; }

    /// <summary>Compares two outputs entry by entry.</summary>
    /// <exception cref="ArgumentException">They have different lengths.</exception>
    public void Add<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : struct, INumber<T>
    {
        if (expected.Length != actual.Length)
        {
            throw new ArgumentException($"{expected.Length} expected values cannot be compared with {actual.Length}.", nameof(actual));
        }

        for (var i = 0; i < expected.Length; i++)
        {
            var right = double.CreateChecked(expected[i]);
            MaxAbsDifference = Math.Max(MaxAbsDifference, Difference(right, double.CreateChecked(actual[i])));
            if (double.IsFinite(right))
            {
                LargestExpected = Math.Max(LargestExpected, Math.Abs(right));
            }
        }
    }

    private static double Difference(double expected, double actual)
    {
        if (expected.Equals(actual)) // true for two NaNs, and for two infinities of one sign
        {
            return 0;
        }

        var difference = Math.Abs(expected - actual);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }
}
