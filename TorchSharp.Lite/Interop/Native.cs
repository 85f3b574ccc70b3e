using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The exports of the C++ shim, one file per topic, and how it is found and its failures are told.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "torch_lite";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, NativeLibraryResolver.Resolve);

    /// <exception cref="ExternalException">libtorch refused the call; the message is libtorch's own.</exception>
    internal static void Check(int status)
    {
        if (status != 0)
        {
            ThrowLastError();
        }
    }

    /// <summary>The tensor of an operation whose only output is one.</summary>
    internal static torch.Tensor Wrap(int status, IntPtr result)
    {
        Check(status);
        return torch.Tensor.FromHandle(result);
    }

    private static void ThrowLastError() =>
        throw new ExternalException(Marshal.PtrToStringUTF8((IntPtr)tl_last_error()));

    [LibraryImport(Library)] private static partial byte* tl_last_error();
}
