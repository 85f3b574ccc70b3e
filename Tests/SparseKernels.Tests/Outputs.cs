namespace SparseHybrid.Kernels.Tests;

/// <summary>Compares outputs.</summary>
internal static class Outputs
{
    /// <summary>Every output is within 1e-5 of the largest of those expected, or of 1.</summary>
    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = 1f;
        foreach (var value in expected)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5f * largest, $"{what}, output {i}: {actual[i]}, not {expected[i]}");
        }
    }
}
