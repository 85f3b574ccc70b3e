using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_bmm(IntPtr x, IntPtr y, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_dot(IntPtr x, IntPtr y, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_matmul(IntPtr x, IntPtr y, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_mm(IntPtr x, IntPtr y, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_mv(IntPtr x, IntPtr y, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_outer(IntPtr x, IntPtr y, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_addmm(IntPtr x, IntPtr first, IntPtr second, double beta, double alpha, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_addmm_(IntPtr x, IntPtr first, IntPtr second, double beta, double alpha, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_linear_algebra_svd(IntPtr x, int fullMatrices, IntPtr* left, IntPtr* values, IntPtr* right);
}
