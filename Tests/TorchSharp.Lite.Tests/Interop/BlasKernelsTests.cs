using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TorchSharp;

namespace TorchSharp.Lite.Tests.Interop;

public partial class BlasKernelsTests
{
    [Fact]
    public void What_the_user_chose_stays()
    {
        var before = Read("OPENBLAS_CORETYPE");
        Assert.Equal(0, Set("OPENBLAS_CORETYPE", "Haswell", 1));
        try
        {
            BlasKernels.Choose();
            Assert.Equal("Haswell", Read("OPENBLAS_CORETYPE"));
        }
        finally
        {
            _ = before is null ? Unset("OPENBLAS_CORETYPE") : Set("OPENBLAS_CORETYPE", before, 1);
        }
    }

    [Fact]
    public void A_processor_without_AVX512_is_left_to_OpenBLAS()
    {
        var before = Read("OPENBLAS_CORETYPE");
        _ = Unset("OPENBLAS_CORETYPE");
        try
        {
            BlasKernels.Choose();
            Assert.True(Read("OPENBLAS_CORETYPE") is null or "SkylakeX");
            Assert.True(Avx512F.IsSupported || Read("OPENBLAS_CORETYPE") is null);
        }
        finally
        {
            _ = before is null ? Unset("OPENBLAS_CORETYPE") : Set("OPENBLAS_CORETYPE", before, 1);
        }
    }

    private static string Read(string name) => Marshal.PtrToStringUTF8(Get(name));

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr Get(string name);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unset(string name);
}
