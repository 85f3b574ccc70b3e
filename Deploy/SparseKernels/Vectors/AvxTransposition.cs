using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>Transposes 8 x 8 floats: blocks of 4 x 4 within the halves of the vectors, then the halves.</summary>
internal static unsafe class AvxTransposition
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Four(source, sourceStride, out var top0, out var top1, out var top2, out var top3);
        Four(source + (4 * sourceStride), sourceStride, out var bottom0, out var bottom1, out var bottom2, out var bottom3);
        StoreHalves(top0, bottom0, target, 4 * targetStride);
        StoreHalves(top1, bottom1, target + targetStride, 4 * targetStride);
        StoreHalves(top2, bottom2, target + (2 * targetStride), 4 * targetStride);
        StoreHalves(top3, bottom3, target + (3 * targetStride), 4 * targetStride);
    }

    /// <summary>Of four rows: column c in the lower half of number c, column 4 + c in the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        float* row, nint stride, out Vector256<float> column0, out Vector256<float> column1, out Vector256<float> column2, out Vector256<float> column3)
    {
        var (a, b) = (Vector256.Load(row), Vector256.Load(row + stride));
        var (c, d) = (Vector256.Load(row + (2 * stride)), Vector256.Load(row + (3 * stride)));
        var (even, odd) = (Avx.UnpackLow(a, c), Avx.UnpackLow(b, d));
        (column0, column1) = (Avx.UnpackLow(even, odd), Avx.UnpackHigh(even, odd));
        (even, odd) = (Avx.UnpackHigh(a, c), Avx.UnpackHigh(b, d));
        (column2, column3) = (Avx.UnpackLow(even, odd), Avx.UnpackHigh(even, odd));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector256<float> top, Vector256<float> bottom, float* target, nint stride)
    {
        Avx.Permute2x128(top, bottom, 0x20).Store(target);
        Avx.Permute2x128(top, bottom, 0x31).Store(target + stride);
    }
}
