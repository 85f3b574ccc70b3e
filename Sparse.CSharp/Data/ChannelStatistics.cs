using System.Numerics;
using System.Runtime.InteropServices;

namespace SparseHybrid.Data;

/// <summary>Mean and standard deviation of each channel of inputs [N, C, ...], over all samples and places.</summary>
internal static class ChannelStatistics
{
    /// <summary>The normalisation that gives every channel mean 0 and deviation 1. A channel that never varies is only shifted.</summary>
    /// <param name="inputs">[N, C, ...] of bytes or float32.</param>
    public static Normalisation Of(NpyArray inputs) =>
        inputs.Type.IsByte
            ? Of<byte>(inputs.Bytes, inputs.Shape, Normalisation.ByteScale)
            : Of(MemoryMarshal.Cast<byte, float>(inputs.Bytes), inputs.Shape, scale: 1);

    private static Normalisation Of<T>(ReadOnlySpan<T> values, long[] shape, double scale)
        where T : struct, INumberBase<T>
    {
        var channels = (int)shape[1];
        var plane = values.Length / (int)shape[0] / channels;
        double perChannel = values.Length / channels;
        var (mean, variance) = (new double[channels], new double[channels]);
        // Twice over the data: a sum of squares alone would lose small deviations around a large mean.
        for (var i = 0; i < values.Length; i++)
        {
            mean[i / plane % channels] += double.CreateTruncating(values[i]) / scale / perChannel;
        }

        for (var i = 0; i < values.Length; i++)
        {
            var channel = i / plane % channels;
            var difference = double.CreateTruncating(values[i]) / scale - mean[channel];
            variance[channel] += difference * difference / perChannel;
        }

        return new Normalisation(mean, Array.ConvertAll(variance, value => value > 0 ? Math.Sqrt(value) : 1), scale);
    }
}
