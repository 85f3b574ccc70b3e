using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>Transposes 16 x 16 floats: blocks of 4 x 4 within the quarters of the vectors, then the quarters.</summary>
internal static unsafe class Avx512Transposition
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Four(source, sourceStride, out var a0, out var a1, out var a2, out var a3);
        Four(source + (4 * sourceStride), sourceStride, out var b0, out var b1, out var b2, out var b3);
        Four(source + (8 * sourceStride), sourceStride, out var c0, out var c1, out var c2, out var c3);
        Four(source + (12 * sourceStride), sourceStride, out var d0, out var d1, out var d2, out var d3);
        StoreQuarters(a0, b0, c0, d0, target, 4 * targetStride);
        StoreQuarters(a1, b1, c1, d1, target + targetStride, 4 * targetStride);
        StoreQuarters(a2, b2, c2, d2, target + (2 * targetStride), 4 * targetStride);
        StoreQuarters(a3, b3, c3, d3, target + (3 * targetStride), 4 * targetStride);
    }

    /// <summary>Of four rows: column 4 q + c in quarter q of number c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        float* row, nint stride, out Vector512<float> column0, out Vector512<float> column1, out Vector512<float> column2, out Vector512<float> column3)
    {
        var (a, b) = (Vector512.Load(row), Vector512.Load(row + stride));
        var (c, d) = (Vector512.Load(row + (2 * stride)), Vector512.Load(row + (3 * stride)));
        var (even, odd) = (Avx512F.UnpackLow(a, c), Avx512F.UnpackLow(b, d));
        (column0, column1) = (Avx512F.UnpackLow(even, odd), Avx512F.UnpackHigh(even, odd));
        (even, odd) = (Avx512F.UnpackHigh(a, c), Avx512F.UnpackHigh(b, d));
        (column2, column3) = (Avx512F.UnpackLow(even, odd), Avx512F.UnpackHigh(even, odd));
    }

    /// <summary>Quarter q of a, b, c and d, side by side, to row q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* target, nint stride)
    {
        var (left, right) = (Avx512F.Shuffle4x128(a, b, 0x44), Avx512F.Shuffle4x128(c, d, 0x44)); // a0 a1 b0 b1, c0 c1 d0 d1
        Avx512F.Shuffle4x128(left, right, 0x88).Store(target);
        Avx512F.Shuffle4x128(left, right, 0xDD).Store(target + stride);
        (left, right) = (Avx512F.Shuffle4x128(a, b, 0xEE), Avx512F.Shuffle4x128(c, d, 0xEE)); // a2 a3 b2 b3, c2 c3 d2 d3
        Avx512F.Shuffle4x128(left, right, 0x88).Store(target + (2 * stride));
        Avx512F.Shuffle4x128(left, right, 0xDD).Store(target + (3 * stride));
    }
}
