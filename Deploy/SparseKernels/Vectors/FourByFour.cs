using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>Transposes blocks of 4 x 4 floats.</summary>
internal static unsafe class FourByFour
{
    /// <summary>Writes column c of the four rows to <c>target + c * stride</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* row0, float* row1, float* row2, float* row3, float* target, nint stride)
    {
        var (a, b) = (Vector128.Load(row0), Vector128.Load(row1));
        var (c, d) = (Vector128.Load(row2), Vector128.Load(row3));
        var (even, odd) = (ZipLow(a, c), ZipLow(b, d));
        ZipLow(even, odd).Store(target);
        ZipHigh(even, odd).Store(target + stride);
        (even, odd) = (ZipHigh(a, c), ZipHigh(b, d));
        ZipLow(even, odd).Store(target + (2 * stride));
        ZipHigh(even, odd).Store(target + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);
}
