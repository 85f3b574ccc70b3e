using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp;

/// <summary>
/// Tells OpenBLAS which kernels suit an AMD processor with AVX-512. OpenBLAS up to 0.3.21 (Debian 12's) does not know these
/// processors and takes its AVX2 kernels, which made LeNet-300-100 train a third slower on a Zen 5 processor. OpenBLAS reads
/// OPENBLAS_CORETYPE when it is loaded, so this comes before libtorch; what the user has set stays.
/// </summary>
internal static partial class BlasKernels
{
    private const string Variable = "OPENBLAS_CORETYPE";

    internal static void Choose()
    {
        if (OperatingSystem.IsLinux() && X86Base.IsSupported && IsAmd() && HasAvx512())
        {
            // Only the C library's own environment is what a native library sees. A failure leaves OpenBLAS to itself.
            _ = SetEnvironment(Variable, "SkylakeX", overwrite: 0);
        }
    }

    private static bool IsAmd()
    {
        (_, int ebx, int ecx, int edx) = X86Base.CpuId(0, 0);
        return (ebx, edx, ecx) == (0x68747541, 0x69746e65, 0x444d4163); // "AuthenticAMD"
    }

    // What the SkylakeX kernels use: F, BW, CD, DQ and VL.
    private static bool HasAvx512() =>
        Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
