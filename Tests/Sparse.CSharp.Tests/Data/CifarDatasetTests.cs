using SparseHybrid.Data;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data;

public sealed class CifarDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("subfolder")]
    [InlineData("archive")]
    public void Cifar_10_is_read_however_its_files_lie(string form)
    {
        var files = CifarBytes.Ten();
        Write(files, form, "cifar-10-batches-bin", "cifar-10-binary.tar.gz");
        using var data = ImageDatasets.Load("cifar-10", folder.Path);

        Assert.Equal([15, 3, 32, 32], data.Train.Stored.shape);
        Assert.Equal([3, 3, 32, 32], data.Test.Stored.shape);
        Assert.Equal(10, data.Train.Classes);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4], data.Train.Labels.data<long>().ToArray());
        Assert.Equal([5L, 6L, 7L], data.Test.Labels.data<long>().ToArray());
        var expected = Enumerable.Range(1, 5).SelectMany(part => Enumerable.Range(0, 3).SelectMany(image =>
            files[$"data_batch_{part}.bin"].AsSpan(image * 3073 + 1, CifarBytes.Pixels).ToArray()));
        Assert.Equal(expected, data.Train.Stored.bytes.ToArray());
        Assert.Equal([0.4914, 0.4822, 0.4465], data.Normalisation.Mean);
        Assert.Equal([0.2023, 0.1994, 0.2010], data.Normalisation.StandardDeviation);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("archive")]
    public void Cifar_100_has_its_fine_labels(string form)
    {
        var files = CifarBytes.Hundred();
        Write(files, form, "cifar-100-binary", "cifar-100-binary.tar.gz");
        using var data = ImageDatasets.Load("cifar-100", folder.Path);

        Assert.Equal(100, data.Train.Classes);
        Assert.Equal([90L, 91L, 92L, 93L, 94L], data.Train.Labels.data<long>().ToArray());
        Assert.Equal(files["test.bin"].AsSpan(3074 + 2, CifarBytes.Pixels), data.Test.Stored.bytes[CifarBytes.Pixels..]);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Write(CifarBytes.Ten(), "plain", "", "");
        File.Delete(folder.File("data_batch_4.bin"));

        var error = Assert.Throws<DataException>(() => ImageDatasets.Load("cifar-10", folder.Path));
        Assert.Contains("data_batch_4.bin", error.Why);
        Assert.Contains("data fetch cifar-10", error.Fix);
    }

    [Fact]
    public void A_file_that_the_archive_lacks_is_named()
    {
        folder.Write("cifar-10-binary.tar.gz", CifarBytes.Archive("cifar-10-batches-bin", CifarBytes.Ten().Where(file => file.Key != "test_batch.bin")));

        Assert.Contains("no test_batch.bin", Reject("cifar-10"));
    }

    [Fact]
    public void A_size_that_is_no_multiple_of_a_record_is_named_with_it()
    {
        Write(CifarBytes.Ten(), "plain", "", "");
        folder.Write("data_batch_2.bin", new byte[3073 * 2 + 1]);

        Assert.Contains("6147 bytes; expected a multiple of 3073", Reject("cifar-10"));
        folder.Write("data_batch_2.bin", []);
        Assert.Contains("0 bytes", Reject("cifar-10"));
    }

    [Theory]
    [InlineData(0, 20, "coarse label of image 2 is 20; expected 0 to 19")]
    [InlineData(1, 100, "label of image 2 is 100; expected 0 to 99")]
    public void A_label_out_of_range_is_named_with_its_image(int offset, byte label, string expected)
    {
        var files = CifarBytes.Hundred();
        files["train.bin"][3074 + offset] = label;
        Write(files, "plain", "", "");

        Assert.Contains(expected, Reject("cifar-100"));
    }

    [Fact]
    public void A_damaged_archive_is_refused_and_never_anything_else_than_a_data_exception()
    {
        // Bytes that vary little keep the archive small, so that many places can be tried.
        var files = CifarBytes.Hundred().ToDictionary(file => file.Key, file => file.Value.Select((value, i) => i % 3074 < 2 ? value : (byte)0).ToArray());
        var archive = CifarBytes.Archive("cifar-100-binary", files);
        for (var length = 0; length < archive.Length; length += 1 + archive.Length / 60)
        {
            folder.Write("cifar-100-binary.tar.gz", archive.AsSpan(0, length));
            Reject("cifar-100");
        }

        for (var place = 10; place < archive.Length; place += 1 + archive.Length / 120)
        {
            var damaged = (byte[])archive.Clone();
            damaged[place] ^= 0x24;
            folder.Write("cifar-100-binary.tar.gz", damaged);
            ReadOrReject("cifar-100", files["test.bin"].AsSpan(2, CifarBytes.Pixels)); // some bits of gzip mean nothing
        }
    }

    [Fact]
    public void Nonsense_inside_of_sound_gzip_is_refused()
    {
        var random = new Random(7);
        var files = CifarBytes.Hundred();
        for (var round = 0; round < 60; round++)
        {
            var archive = Decompress(CifarBytes.Archive("cifar-100-binary", files));
            for (var change = 0; change < 4; change++)
            {
                archive[random.Next(3) * 512 + random.Next(512)] = (byte)random.Next(256); // in the first headers
            }

            folder.Write("cifar-100-binary.tar.gz", IdxBytes.Compress(archive));
            ReadOrReject("cifar-100", files["test.bin"].AsSpan(2, CifarBytes.Pixels));
        }
    }

    private static byte[] Decompress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
        gzip.CopyTo(buffer);
        return buffer.ToArray();
    }

    private void ReadOrReject(string name, ReadOnlySpan<byte> firstTestImage)
    {
        try
        {
            using var data = ImageDatasets.Load(name, folder.Path);
            Assert.Equal(firstTestImage, data.Test.Stored.bytes[..CifarBytes.Pixels]);
        }
        catch (DataException error)
        {
            Assert.Contains(folder.Path, error.Message);
        }
    }

    private string Reject(string name) => Assert.Throws<DataException>(() => ImageDatasets.Load(name, folder.Path)).Message;

    private void Write(Dictionary<string, byte[]> files, string form, string subfolder, string archive)
    {
        if (form == "archive")
        {
            folder.Write(archive, CifarBytes.Archive(subfolder, files));
            return;
        }

        var prefix = form == "subfolder" ? subfolder + "/" : "";
        Directory.CreateDirectory(folder.File(prefix));
        foreach (var (name, bytes) in files)
        {
            folder.Write(prefix + name, bytes);
        }
    }
}
