using SparseHybrid.Deploy.Session.Cuda;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Session.Cuda;

public sealed class SharedLibraryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_names_that_a_library_asks_for_are_read_from_its_file()
    {
        var library = CompiledLibrary.Needing(folder, "libuser.so", "libcublas.so.13", "libcudart.so.13");
        var needed = SharedLibrary.NeededBy(library);
        Assert.Equal(["libcublas.so.13", "libcudart.so.13"], needed.Take(2));
        Assert.Contains("libc.so.6", needed);
    }

    [Fact]
    public void Whatever_else_a_file_holds_it_asks_for_nothing()
    {
        var whole = File.ReadAllBytes(CompiledLibrary.Needing(folder, "libuser.so", "libcublas.so.13"));
        Assert.Empty(SharedLibrary.NeededBy(folder.Write("text", "no library"u8.ToArray())));
        Assert.Empty(SharedLibrary.NeededBy(folder.Write("empty", [])));
        Assert.Empty(SharedLibrary.NeededBy(folder.File("absent")));
        Assert.Empty(SharedLibrary.NeededBy(folder.Write("cut", whole[..200])));
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var damaged = whole.ToArray();
            for (var j = 0; j < 8; j++)
            {
                damaged[random.Next(16, 1024)] = (byte)random.Next(256); // headers, beyond the magic number
            }

            Assert.InRange(SharedLibrary.NeededBy(folder.Write("damaged", damaged)).Count, 0, 1 << 16);
        }
    }

    [Fact]
    public void Missing_are_those_that_the_loader_does_not_find() => Assert.Equal(
        ["libno-such-thing.so.7", "libnor-this.so"], SharedLibrary.MissingAmong(["libno-such-thing.so.7", "libc.so.6", "libm.so.6", "libnor-this.so"]));

    public void Dispose() => folder.Dispose();
}
