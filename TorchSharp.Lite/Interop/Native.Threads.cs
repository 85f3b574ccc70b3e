using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_threads_get(int* result);
    [LibraryImport(Library)] internal static partial int tl_threads_set(int count);
    [LibraryImport(Library)] internal static partial int tl_threads_get_interop(int* result);
    [LibraryImport(Library)] internal static partial int tl_threads_set_interop(int count);
    [LibraryImport(Library)] internal static partial int tl_version_compiled(int* major, int* minor, int* patch);
    [LibraryImport(Library)] internal static partial int tl_version_description(byte** result);
}
