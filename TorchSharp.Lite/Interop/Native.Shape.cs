using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_shape_broadcast_to(IntPtr x, long* values, int count, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_flip(IntPtr x, long* values, int count, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_permute(IntPtr x, long* values, int count, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_repeat(IntPtr x, long* values, int count, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_reshape(IntPtr x, long* values, int count, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_view(IntPtr x, long* values, int count, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_diag(IntPtr x, long value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_squeeze(IntPtr x, long value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_tril(IntPtr x, long value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_triu(IntPtr x, long value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_unsqueeze(IntPtr x, long value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_flatten(IntPtr x, long first, long second, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_select(IntPtr x, long first, long second, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_transpose(IntPtr x, long first, long second, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_t(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_squeeze_all(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_expand(IntPtr x, long* sizes, int count, int isImplicit, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_narrow(IntPtr x, long dimension, long start, long length, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_slice(IntPtr x, long dimension, long start, long end, long step, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_roll(IntPtr x, long* shifts, int shiftCount, long* dims, int dimensionCount, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_cat(IntPtr* tensors, int count, long dimension, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_shape_stack(IntPtr* tensors, int count, long dimension, IntPtr* result);
}
