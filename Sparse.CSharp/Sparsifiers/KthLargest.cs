using System.Runtime.InteropServices;
using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>The k-th largest entry of a tensor.</summary>
internal static class KthLargest
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>The k-th largest entry, as a tensor without dimensions that the caller owns.</summary>
    /// <param name="values">[n], no NaN. Neither changed nor disposed.</param>
    /// <param name="k">From 1 to n.</param>
    /// <remarks>Plain float32 in main memory is read in place; elsewhere the device selects, and nothing waits for it.</remarks>
    public static torch.Tensor Of(torch.Tensor values, long k)
    {
        if (values.device_type == DeviceType.CPU && values.dtype == torch.ScalarType.Float32 && values.is_contiguous())
        {
            var found = Of(MemoryMarshal.Cast<byte, float>(values.bytes), k);
            GC.KeepAlive(values); // the span alone does not keep its memory alive
            return torch.tensor(found);
        }

        return ByTensors(values, k);
    }

    /// <summary>As <see cref="Of(torch.Tensor, long)"/>, by libtorch's own selection.</summary>
    internal static torch.Tensor ByTensors(torch.Tensor values, long k)
    {
        using var scope = torch.NewDisposeScope();
        var fromBelow = values.numel() - k + 1;
        var found = k <= fromBelow
            ? values.topk((int)k, largest: true, sorted: false).values.min()
            : values.topk((int)fromBelow, largest: false, sorted: false).values.max();
        return found.MoveToOuterDisposeScope();
    }

    /// <summary>Radix selection: three passes that count digits of the numbers' bits, most significant first.</summary>
    internal static float Of(ReadOnlySpan<float> values, long k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, values.Length);
        Span<int> counts = stackalloc int[Digits];
        uint prefix = 0;
        var known = 0; // leading bits of the key that are found
        while (known < 32)
        {
            var bits = Math.Min(DigitBits, 32 - known);
            var shift = 32 - known - bits;
            Count(values, prefix, known, shift, counts[..(1 << bits)]);
            var digit = (1 << bits) - 1;
            for (; k > counts[digit]; digit--)
            {
                k -= counts[digit];
            }

            prefix |= (uint)digit << shift;
            known += bits;
        }

        return Value(prefix);
    }

    // How often each digit below the known leading bits occurs among the keys that begin with them.
    private static void Count(ReadOnlySpan<float> values, uint prefix, int known, int shift, Span<int> counts)
    {
        counts.Clear();
        var knownMask = known == 0 ? 0 : uint.MaxValue << (32 - known);
        var digitMask = (uint)counts.Length - 1;
        foreach (var value in values)
        {
            var key = Key(value);
            if ((key & knownMask) == prefix)
            {
                counts[(int)((key >> shift) & digitMask)]++;
            }
        }
    }

    // Bits whose order as unsigned integers is the numbers' order. Adding 0 makes one zero of both.
    private static uint Key(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value + 0f);
        return bits ^ ((uint)((int)bits >> 31) | 0x80000000);
    }

    private static float Value(uint key) =>
        BitConverter.UInt32BitsToSingle((key & 0x80000000) != 0 ? key ^ 0x80000000 : ~key);
}
