namespace SparseHybrid.Deploy.Verify;

/// <summary>Compares outputs batch by batch and remembers the largest difference.</summary>
internal sealed class OutputComparison
{
    /// <summary>The largest |expected - actual| so far; infinite as soon as only one of a pair is NaN or infinite.</summary>
    public double MaxAbsDifference { get; private set; }

    /// <summary>The largest finite |expected| so far.</summary>
    public double LargestExpected { get; private set; }

    public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length)
        {
            throw new ArgumentException($"{expected.Length} expected values cannot be compared with {actual.Length}.", nameof(actual));
        }

        for (var i = 0; i < expected.Length; i++)
        {
            MaxAbsDifference = Math.Max(MaxAbsDifference, Difference(expected[i], actual[i]));
            if (float.IsFinite(expected[i]))
            {
                LargestExpected = Math.Max(LargestExpected, Math.Abs(expected[i]));
            }
        }
    }

    private static double Difference(float expected, float actual)
    {
        if (expected.Equals(actual)) // true for two NaNs, and for two infinities of one sign
        {
            return 0;
        }

        var difference = Math.Abs((double)expected - actual);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }
}
