using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Lite.Tests.Interop;

public class NativeTests
{
    [Fact]
    public void Every_declared_function_is_exported_by_the_shim()
    {
        IntPtr shim = NativeLibraryResolver.Resolve(Native.Library, typeof(Native).Assembly, null);
        string[] declared =
        [
            .. typeof(Native).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
                .Select(method => method.Name).Where(name => name.StartsWith("tl_", StringComparison.Ordinal)).Distinct(),
        ];
        Assert.True(declared.Length > 250);
        Assert.Empty(declared.Where(name => !NativeLibrary.TryGetExport(shim, name, out _)).ToArray());
    }

    [Fact]
    public unsafe void A_null_handle_is_an_error_and_not_a_crash()
    {
        IntPtr result = 1;
        int status = Native.tl_reduction_max(IntPtr.Zero, &result);
        Assert.Contains("null", Assert.Throws<ExternalException>(() => Native.Check(status)).Message, StringComparison.Ordinal);
        Assert.Equal(1, result); // out-parameters are written only on success
    }
}
