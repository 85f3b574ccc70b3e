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
    [LibraryImport(Library)] internal static partial int tl_activation_softmax(IntPtr input, long dim, int dtype, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_activation_log_softmax(IntPtr input, long dim, int dtype, out IntPtr result);
}
