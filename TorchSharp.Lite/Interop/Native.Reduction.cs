using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_reduction_all(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_any(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_max(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_min(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_median(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_all_along(IntPtr x, long dimension, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_any_along(IntPtr x, long dimension, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_logsumexp_along(IntPtr x, long dimension, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_max_along(IntPtr x, long dimension, int keep, IntPtr* values, IntPtr* indices);
    [LibraryImport(Library)] internal static partial int tl_reduction_min_along(IntPtr x, long dimension, int keep, IntPtr* values, IntPtr* indices);
    [LibraryImport(Library)] internal static partial int tl_reduction_sum(IntPtr x, long* dims, int count, int keep, int dtype, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_mean(IntPtr x, long* dims, int count, int keep, int dtype, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_amax(IntPtr x, long* dims, int count, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_amin(IntPtr x, long* dims, int count, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_var(IntPtr x, long* dims, int count, int unbiased, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_std(IntPtr x, long* dims, int count, int unbiased, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_norm(IntPtr x, double p, long* dims, int count, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_count_nonzero(IntPtr x, long* dims, int count, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_prod(IntPtr x, int dtype, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_prod_along(IntPtr x, long dimension, int keep, int dtype, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_argmax(IntPtr x, int hasDimension, long dimension, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_argmin(IntPtr x, int hasDimension, long dimension, int keep, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_cumsum(IntPtr x, long dimension, int dtype, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_softmax(IntPtr x, long dimension, int dtype, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_log_softmax(IntPtr x, long dimension, int dtype, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_topk(IntPtr x, long k, long dimension, int largest, int sorted, IntPtr* values, IntPtr* indices);
    [LibraryImport(Library)] internal static partial int tl_reduction_sort(IntPtr x, long dimension, int descending, int stable, IntPtr* values, IntPtr* indices);
    [LibraryImport(Library)] internal static partial int tl_reduction_allclose(IntPtr x, IntPtr y, double relative, double absolute, int nanEqual, int* result);
    [LibraryImport(Library)] internal static partial int tl_reduction_equal(IntPtr x, IntPtr y, int* result);
}
