using System.Runtime.InteropServices;

namespace TorchSharp.Lite.Tests;

public class ThreadsTests : IDisposable
{
    private readonly int before = torch.get_num_threads();

    private delegate int GetThreads();

    public void Dispose() => torch.set_num_threads(before);

    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        torch.set_num_threads(1);
        Assert.Equal(1, torch.get_num_threads());
        torch.set_num_threads(2);
        Assert.Equal(2, torch.get_num_threads());
        Assert.True(torch.get_num_interop_threads() >= 1);
    }

    [Fact]
    public void OpenBlas_follows_where_it_is_the_BLAS_in_use()
    {
        torch.set_num_threads(1);
        if (NativeLibrary.TryLoad("libopenblas.so.0", out IntPtr openBlas)
            && NativeLibrary.TryGetExport(openBlas, "openblas_get_num_threads", out IntPtr get))
        {
            var threads = Marshal.GetDelegateForFunctionPointer<GetThreads>(get);
            torch.set_num_threads(2);
            Assert.Equal(2, threads());
            torch.set_num_threads(1);
            Assert.Equal(1, threads());
        }

        Assert.Equal(1, torch.get_num_threads());
    }

    [Fact]
    public void The_version_is_that_of_the_loaded_libtorch() => Assert.Matches(@"^\d+\.\d+", torch.__version__);
}
