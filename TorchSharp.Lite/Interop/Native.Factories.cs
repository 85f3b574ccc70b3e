using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_factories_empty(long* sizes, int count, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_factories_full(long* sizes, int count, NativeScalar value, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_factories_empty_like(IntPtr x, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_factories_full_like(IntPtr x, NativeScalar value, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_factories_arange(NativeScalar start, NativeScalar end, NativeScalar step, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_factories_linspace(double start, double end, long steps, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_factories_eye(long rows, long columns, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_factories_from_data(void* data, int dtype, long* sizes, int count, NativeOptions options, IntPtr* result);
}
