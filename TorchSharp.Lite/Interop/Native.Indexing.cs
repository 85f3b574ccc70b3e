using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_indexing_get(IntPtr x, NativeIndex* indices, int count, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_put_(IntPtr x, NativeIndex* indices, int count, IntPtr value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_put__number(IntPtr x, NativeIndex* indices, int count, NativeScalar value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_nonzero(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_masked_select(IntPtr x, IntPtr mask, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_masked_fill(IntPtr x, IntPtr mask, NativeScalar value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_masked_fill_(IntPtr x, IntPtr mask, NativeScalar value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_index_select(IntPtr x, long dimension, IntPtr index, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_gather(IntPtr x, long dimension, IntPtr index, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_index_copy(IntPtr x, long dimension, IntPtr index, IntPtr source, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_index_copy_(IntPtr x, long dimension, IntPtr index, IntPtr source, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_scatter(IntPtr x, long dimension, IntPtr index, IntPtr source, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_scatter_(IntPtr x, long dimension, IntPtr index, IntPtr source, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_scatter_add(IntPtr x, long dimension, IntPtr index, IntPtr source, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_indexing_scatter_add_(IntPtr x, long dimension, IntPtr index, IntPtr source, IntPtr* result);
}
