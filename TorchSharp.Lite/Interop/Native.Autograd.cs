using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_autograd_requires_grad(IntPtr x, int* result);
    [LibraryImport(Library)] internal static partial int tl_autograd_set_requires_grad(IntPtr x, int value);
    [LibraryImport(Library)] internal static partial int tl_autograd_is_leaf(IntPtr x, int* result);
    [LibraryImport(Library)] internal static partial int tl_autograd_retain_grad(IntPtr x);
    [LibraryImport(Library)] internal static partial int tl_autograd_get_grad(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_autograd_set_grad(IntPtr x, IntPtr gradient);
    [LibraryImport(Library)] internal static partial int tl_autograd_detach(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_autograd_detach_(IntPtr x, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_autograd_backward(IntPtr* outputs, IntPtr* gradients, int outputCount, int retainGraph, int createGraph, IntPtr* inputs, int inputCount);
    [LibraryImport(Library)] internal static partial int tl_autograd_grad(IntPtr* outputs, IntPtr* gradients, int outputCount, IntPtr* inputs, int inputCount, int retainGraph, int createGraph, int allowUnused, IntPtr* results);
    [LibraryImport(Library)] internal static partial int tl_autograd_is_grad_enabled(int* result);
    [LibraryImport(Library)] internal static partial int tl_autograd_set_grad_enabled(int enabled);
    [LibraryImport(Library)] internal static partial int tl_autograd_is_inference_mode(int* result);
    [LibraryImport(Library)] internal static partial int tl_autograd_enter_inference_mode(int enabled, void** guard);
    [LibraryImport(Library)] internal static partial int tl_autograd_leave_inference_mode(void* guard);
}
