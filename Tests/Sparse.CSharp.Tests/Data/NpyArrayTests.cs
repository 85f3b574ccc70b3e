using SparseHybrid.Data;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data;

public sealed class NpyArrayTests
{
    // 1 and -2 (255 and 254 without sign; true and true), as NumPy's tobytes gives them.
    [Theory]
    [InlineData("|u1", "01FE", 1, 254)]
    [InlineData("|i1", "01FE", 1, -2)]
    [InlineData("|b1", "0001", 0, 1)]
    [InlineData("<u2", "0100FEFF", 1, 65534)]
    [InlineData(">i2", "0001FFFE", 1, -2)]
    [InlineData("<i4", "01000000FEFFFFFF", 1, -2)]
    [InlineData(">u4", "00000001FFFFFFFE", 1, 4294967294)]
    [InlineData("<i8", "0100000000000000FEFFFFFFFFFFFFFF", 1, -2)]
    [InlineData("<f2", "003C00C0", 1, -2)]
    [InlineData(">f4", "3F800000C0000000", 1, -2)]
    [InlineData("<f8", "000000000000F03F00000000000000C0", 1, -2)]
    public void Every_type_is_read(string type, string hex, double first, double second)
    {
        var array = Read(NumpyBytes.Npy(type, "(2,)", Convert.FromHexString(hex)));

        Assert.Equal([2L], array.Shape);
        Assert.Equal([first, second], new[] { array.Real(0), array.Real(1) });
        var floats = array.AsFloat32();
        Assert.Equal([(float)first, (float)second], new[] { (float)floats.Real(0), (float)floats.Real(1) });
        if (array.Type.IsWhole)
        {
            Assert.Equal([(long)first, (long)second], new[] { array.Whole(0), array.Whole(1) });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_version_of_the_format_is_read(int version) =>
        Assert.Equal([7, 8, 9], Read(NumpyBytes.Npy("|u1", "(3,)", [7, 8, 9], version: version)).Bytes);

    [Fact]
    public void Fortran_order_is_turned()
    {
        // [[1 2 3] [4 5 6]] column by column
        var array = Read(NumpyBytes.Npy("<u2", "(2, 3)", [1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6, 0], isFortran: true));

        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], Enumerable.Range(0, 6).Select(array.Whole));
    }

    [Fact]
    public void Transposing_moves_every_entry_to_its_place()
    {
        var array = Read(NumpyBytes.Bytes("(2, 3, 4)", [.. Enumerable.Range(0, 24).Select(i => (byte)i)]));
        var turned = array.Transposed(0, 2, 1);

        Assert.Equal([2L, 4L, 3L], turned.Shape);
        for (var i = 0; i < 24; i++)
        {
            var (a, b, c) = (i / 12, i / 4 % 3, i % 4);
            Assert.Equal(i, turned.Bytes[(a * 4 + c) * 3 + b]);
        }

        Assert.Equal("[1, 2, 3]", array.PlaceOf(23));
    }

    [Theory]
    [InlineData("|O", "type '|O'")]
    [InlineData("<c8", "type '<c8'")]
    [InlineData("<U4", "type '<U4'")]
    [InlineData("<f16", "type '<f16'")]
    public void Other_types_are_refused_by_name(string type, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Read(NumpyBytes.Npy(type, "(1,)", new byte[16]))).Message);

    [Fact]
    public void Too_few_and_too_many_bytes_are_refused()
    {
        Assert.Contains("5 of 6 bytes", Assert.Throws<InvalidDataException>(() => Read(NumpyBytes.Bytes("(2, 3)", new byte[5]))).Message);
        Assert.Contains("more follow", Assert.Throws<InvalidDataException>(() => Read(NumpyBytes.Bytes("(2, 3)", new byte[7]))).Message);
    }

    [Theory]
    [InlineData("(9223372036854775807, 9223372036854775807)")]
    [InlineData("(2000000000,)")]
    public void A_header_that_promises_gigabytes_is_refused_without_reserving_them(string shape)
    {
        var bytes = NumpyBytes.Npy("<f8", shape, new byte[100]);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Assert.Throws<InvalidDataException>(() => Read(bytes));

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 10_000_000);
    }

    private static NpyArray Read(byte[] bytes) => NpyArray.Read("array", new MemoryStream(bytes), bytes.Length);
}
