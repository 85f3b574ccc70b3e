using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>32 floats for 16 lanes: AVX-512.</summary>
internal readonly unsafe struct Window512 : IWindow<Vector512<float>>
{
    /// <inheritdoc/>
    public static int Width => 32;

    /// <inheritdoc/>
    public static int Alignment => 16;

    /// <inheritdoc/>
    public static int FewSamples => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pick(float* window, byte* places) => Avx512F.PermuteVar16x32x2(
        Vector512.Load(window), Avx512F.ConvertToVector512Int32(Vector128.Load(places)), Vector512.Load(window + 16));
}
