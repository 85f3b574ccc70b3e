using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels;

/// <summary>How many numbers the compute kernels work on at once.</summary>
internal enum VectorLevel
{
    /// <summary>One at a time: processors without vector instructions.</summary>
    Scalar,

    /// <summary>4 floats: Arm's AdvSimd, x86 without AVX.</summary>
    Vector128,

    /// <summary>8 floats: AVX2 with FMA.</summary>
    Vector256,

    /// <summary>16 floats: AVX-512.</summary>
    Vector512,
}

/// <summary>What this processor has.</summary>
internal static class VectorLevels
{
    /// <summary>The widest level that the processor runs in hardware.</summary>
    public static VectorLevel Best =>
        Vector512.IsHardwareAccelerated ? VectorLevel.Vector512
        : Vector256.IsHardwareAccelerated ? VectorLevel.Vector256
        : Vector128.IsHardwareAccelerated ? VectorLevel.Vector128
        : VectorLevel.Scalar;
}
