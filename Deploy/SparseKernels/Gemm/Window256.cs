using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>8 floats for 8 lanes: AVX2.</summary>
internal readonly unsafe struct Window256 : IWindow<Vector256<float>>
{
    /// <inheritdoc/>
    public static int Width => 8;

    /// <inheritdoc/>
    public static int Alignment => 1;

    /// <inheritdoc/>
    public static int FewSamples => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pick(float* window, byte* places) =>
        Avx2.PermuteVar8x32(Vector256.Load(window), Avx2.ConvertToVector256Int32(places));
}
