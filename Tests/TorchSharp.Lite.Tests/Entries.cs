namespace TorchSharp.Lite.Tests;

/// <summary>Comparing a tensor with what was worked out by hand.</summary>
internal static class Entries
{
    /// <summary>Row by row, as doubles, whatever the element type.</summary>
    internal static double[] Of(torch.Tensor tensor)
    {
        using torch.Tensor converted = tensor.detach().to_type(torch.ScalarType.Float64);
        return converted.data<double>().ToArray();
    }

    internal static void Equal(double[] expected, torch.Tensor actual) => Assert.Equal(expected, Of(actual));

    internal static void Near(double[] expected, torch.Tensor actual, double tolerance = 1e-6)
    {
        double[] entries = Of(actual);
        Assert.Equal(expected.Length, entries.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], entries[i], tolerance);
        }
    }
}
