using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_tensor_free(IntPtr tensor);
    [LibraryImport(Library)] internal static partial int tl_tensor_dim(IntPtr tensor, long* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_numel(IntPtr tensor, long* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_size(IntPtr tensor, long dimension, long* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_stride(IntPtr tensor, long dimension, long* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_sizes(IntPtr tensor, long* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_strides(IntPtr tensor, long* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_dtype(IntPtr tensor, int* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_device(IntPtr tensor, int* type, int* index);
    [LibraryImport(Library)] internal static partial int tl_tensor_element_size(IntPtr tensor, long* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_storage_offset(IntPtr tensor, long* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_is_contiguous(IntPtr tensor, int* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_is_sparse(IntPtr tensor, int* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_is_pinned(IntPtr tensor, int* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_data(IntPtr tensor, void** result);
    [LibraryImport(Library)] internal static partial int tl_tensor_item(IntPtr tensor, NativeScalar* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_alias(IntPtr tensor, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_clone(IntPtr tensor, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_contiguous(IntPtr tensor, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_pin_memory(IntPtr tensor, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_to(IntPtr tensor, NativeOptions options, int nonBlocking, int copy, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_copy_(IntPtr tensor, IntPtr source, int nonBlocking, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_fill_(IntPtr tensor, NativeScalar value, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_tensor_zero_(IntPtr tensor, IntPtr* result);
}
