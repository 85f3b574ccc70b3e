using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn;

/// <summary>Small float64 tensors written out in tests, and what tests read from them.</summary>
internal static class Numbers
{
    internal static Tensor Vector(params double[] values) => tensor(values, dtype: float64);

    internal static Tensor Shaped(long[] shape, params double[] values) => Vector(values).reshape(shape);

    /// <summary>0, 1, 2, ... in the given shape.</summary>
    internal static Tensor Counting(params long[] shape) => arange(shape.Aggregate(1L, (product, size) => product * size), dtype: float64).reshape(shape);

    internal static void AssertClose(double[] expected, Tensor actual, double tolerance = 1e-12)
    {
        double[] values = Entries.Of(actual);
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - values[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"entry {i}: expected {expected[i]:R}, got {values[i]:R}");
        }
    }

    /// <summary>Native tensors alive, once the garbage of earlier tests is gone.</summary>
    internal static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.TotalCount;
    }
}
