using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_activation_relu(IntPtr input, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_leaky_relu(IntPtr input, double negativeSlope, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_sigmoid(IntPtr input, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_tanh(IntPtr input, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_silu(IntPtr input, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_gelu(IntPtr input, int approximate, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_hardtanh(IntPtr input, double least, double most, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_hardsigmoid(IntPtr input, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_hardswish(IntPtr input, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_mish(IntPtr input, int inPlace, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_activation_elu(
        IntPtr input, double alpha, double scale, double inputScale, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_softplus(IntPtr input, double beta, double threshold, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_prelu(IntPtr input, IntPtr weight, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_softmax(IntPtr input, long dim, int dtype, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_log_softmax(IntPtr input, long dim, int dtype, out IntPtr result);
}
