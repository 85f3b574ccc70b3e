namespace TorchSharp.Lite.Tests;

public class ThreadsTests
{
    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(1);
        Assert.Equal(1, torch.get_num_threads());
        torch.set_num_threads(before);
        Assert.Equal(before, torch.get_num_threads());
        Assert.True(torch.get_num_interop_threads() >= 1);
    }

    [Fact]
    public void The_version_is_that_of_the_loaded_libtorch() => Assert.Matches(@"^\d+\.\d+", torch.__version__);
}
