using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>Whether every entry of a tensor is finite.</summary>
internal static class FiniteCheck
{
    /// <summary>True when no entry is NaN or infinite. Reads plain float32 in main memory directly; waits for other devices.</summary>
    public static bool AllFinite(torch.Tensor tensor)
    {
        if (tensor.device_type == DeviceType.CPU && tensor.dtype == torch.ScalarType.Float32 && tensor.is_contiguous())
        {
            var isFinite = AllFinite(MemoryMarshal.Cast<byte, float>(tensor.bytes));
            GC.KeepAlive(tensor); // the span alone does not keep its memory alive
            return isFinite;
        }

        using var scope = torch.NewDisposeScope();
        return tensor.isfinite().all().item<bool>();
    }

    // x - x is 0 for a finite x and NaN for any other, and a NaN once in a sum stays there: no branch in the loop.
    internal static bool AllFinite(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> first = default, second = default, third = default, fourth = default;
        var i = 0;
        for (; i + 3 < vectors.Length; i += 4)
        {
            first += vectors[i] - vectors[i];
            second += vectors[i + 1] - vectors[i + 1];
            third += vectors[i + 2] - vectors[i + 2];
            fourth += vectors[i + 3] - vectors[i + 3];
        }

        for (; i < vectors.Length; i++)
        {
            first += vectors[i] - vectors[i];
        }

        var sum = Vector.Sum(first + second + third + fourth);
        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
        {
            sum += value - value;
        }

        return sum == 0;
    }
}
