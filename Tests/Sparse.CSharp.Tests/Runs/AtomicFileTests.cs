using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Runs;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_replaced_as_a_whole()
    {
        var path = folder.Write("file", "a longer text than the next"u8);

        AtomicFile.WriteText(path, "short");

        Assert.Equal("short", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_failure_leaves_the_former_file_and_nothing_else()
    {
        var path = folder.Write("file", "former"u8);

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("stop");
        }));

        Assert.Equal("former", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_final_name_shows_nothing_while_writing()
    {
        var path = folder.File("file");

        AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            stream.Flush();
            Assert.False(File.Exists(path));
        });

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_folder_that_is_missing_is_a_clear_error()
    {
        var path = Path.Combine(folder.Path, "absent", "file");

        var error = Assert.Throws<RunException>(() => AtomicFile.WriteText(path, "text"));

        Assert.Contains(path, error.Message);
        Assert.Equal(path, error.Path);
    }

    [Fact]
    public void A_full_disk_is_a_clear_error()
    {
        // /dev/full refuses every write as a full disk does.
        var path = folder.File("file");
        File.CreateSymbolicLink(path + AtomicFile.PartialSuffix, "/dev/full");

        var error = Assert.Throws<RunException>(() => AtomicFile.WriteText(path, "text"));

        Assert.Contains("No space left", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
