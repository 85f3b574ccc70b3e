using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_cuda_is_available(int* result);
    [LibraryImport(Library)] internal static partial int tl_cuda_is_cudnn_available(int* result);
    [LibraryImport(Library)] internal static partial int tl_cuda_device_count(int* result);
    [LibraryImport(Library)] internal static partial int tl_cuda_manual_seed(ulong seed);
    [LibraryImport(Library)] internal static partial int tl_cuda_manual_seed_all(ulong seed);
    [LibraryImport(Library)] internal static partial int tl_cuda_synchronize(long deviceIndex);
}
