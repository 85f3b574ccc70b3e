using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int tl_loss_cross_entropy(
        IntPtr input, IntPtr target, IntPtr weight, long ignoreIndex, int reduction, double labelSmoothing, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_loss_nll(IntPtr input, IntPtr target, IntPtr weight, int reduction, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_loss_mse(IntPtr input, IntPtr target, int reduction, out IntPtr result);
}
