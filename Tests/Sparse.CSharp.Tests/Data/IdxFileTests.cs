using SparseHybrid.Data;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly byte[] values = IdxBytes.Noise(5 * 3 * 2);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_valid_file_gives_its_dimensions_and_values(bool isCompressed)
    {
        var bytes = IdxBytes.Make([5, 3, 2], values);
        var path = folder.Write("images", isCompressed ? IdxBytes.Compress(bytes) : bytes);

        var file = IdxFile.Read(path, dimensions: 3);

        Assert.Equal([5, 3, 2], file.Dimensions);
        Assert.Equal(values, file.Values);
    }

    [Fact]
    public void A_wrong_magic_number_is_named_with_the_expected_one()
    {
        var bytes = IdxBytes.Make([5, 3, 2], values);
        bytes[2] = 0x0D;

        var error = Reject(bytes, dimensions: 3);

        Assert.Contains("0x00000D03", error.Message);
        Assert.Contains("0x00000803", error.Message);
    }

    [Fact]
    public void Labels_where_images_are_expected_are_a_wrong_magic_number() =>
        Assert.Contains("0x00000801", Reject(IdxBytes.Make([30], values), dimensions: 3).Message);

    [Fact]
    public void Every_truncation_of_a_plain_file_is_refused()
    {
        var bytes = IdxBytes.Make([5, 3, 2], values);
        for (var length = 0; length < bytes.Length; length++)
        {
            Reject(bytes[..length], dimensions: 3);
        }
    }

    [Fact]
    public void Every_truncation_of_a_compressed_file_is_refused()
    {
        var bytes = IdxBytes.Compress(IdxBytes.Make([5, 3, 2], values));
        for (var length = 0; length < bytes.Length; length++)
        {
            Reject(bytes[..length], dimensions: 3);
        }
    }

    [Fact]
    public void Too_few_bytes_are_counted()
    {
        var error = Reject(IdxBytes.Make([5, 3, 2], values.AsSpan(0, 29)), dimensions: 3);

        Assert.Contains("30 bytes", error.Message);
        Assert.Contains("more than the file can hold", Reject(IdxBytes.Make([500, 3, 2], values), dimensions: 3).Message);
        Assert.Contains("29 are there", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trailing_bytes_are_refused(bool isCompressed)
    {
        var bytes = IdxBytes.Make([5, 3, 2], [.. values, 7]);

        Assert.Contains("more follow", Reject(isCompressed ? IdxBytes.Compress(bytes) : bytes, dimensions: 3).Message);
    }

    [Fact]
    public void Corrupted_gzip_data_is_refused_wherever_a_bit_flips()
    {
        var bytes = IdxBytes.Compress(IdxBytes.Make([5, 3, 2], values));
        for (var position = 10; position < bytes.Length; position++) // the first 10 bytes are gzip's own header
        {
            var damaged = (byte[])bytes.Clone();
            damaged[position] ^= 0x10;
            Reject(damaged, dimensions: 3);
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x80000000u)]
    public void A_dimension_out_of_range_is_refused(uint size)
    {
        var bytes = IdxBytes.Make([unchecked((int)size), 3, 2], values);

        Assert.Contains($"dimension 1 is {size}", Reject(bytes, dimensions: 3).Message);
    }

    [Fact]
    public void A_header_that_promises_gigabytes_is_refused_without_reserving_them()
    {
        var bytes = IdxBytes.Make([int.MaxValue, int.MaxValue, int.MaxValue], values);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Reject(bytes, dimensions: 3);
        Reject(IdxBytes.Compress(bytes), dimensions: 3);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 10_000_000);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = folder.File("absent");

        Assert.Contains(path, Assert.Throws<DataException>(() => IdxFile.Read(path, dimensions: 1)).Message);
    }

    private DataException Reject(byte[] bytes, int dimensions)
    {
        var path = folder.Write("damaged", bytes);
        var error = Assert.Throws<DataException>(() => IdxFile.Read(path, dimensions));
        Assert.Contains(path, error.Message);
        Assert.Equal(path, error.Path);
        return error;
    }
}
