using System.Buffers.Binary;

namespace SparseHybrid.Kernels;

/// <summary>The first <see cref="Bytes"/> bytes of packed weights; all numbers little-endian.</summary>
/// <param name="Indices">Byte 5.</param>
/// <param name="Values">Byte 6.</param>
/// <param name="Rows">Bytes 8 to 11.</param>
/// <param name="Columns">Bytes 12 to 15.</param>
/// <param name="Count">Bytes 16 to 19: values that follow.</param>
/// <param name="IndexBytes">Bytes 20 to 23: size of the section behind the header, without the bytes that fill it up.</param>
internal readonly record struct PackedHeader(IndexCoding Indices, PackedValues Values, int Rows, int Columns, int Count, int IndexBytes)
{
    public const int Bytes = 24;

    public const byte Version = 1;

    /// <summary>Most rows or columns. A header is not believed more than this without the bytes to show for it.</summary>
    public const int LargestSide = 1 << 24;

    private static ReadOnlySpan<byte> Magic => "SHPW"u8;

    /// <summary>Where the values begin: behind the indices, at a multiple of 4.</summary>
    public int ValueStart => checked(Bytes + IndexBytes + 3) & ~3;

    /// <summary>Entries, zeros included.</summary>
    public long Entries => (long)Rows * Columns;

    public static PackedHeader Read(ReadOnlySpan<byte> packed)
    {
        if (packed.Length < Bytes || !packed[..4].SequenceEqual(Magic))
        {
            throw Refused($"they are {packed.Length} bytes and do not begin with a header of {Bytes} bytes and the letters SHPW");
        }

        if (packed[4] != Version)
        {
            throw Refused($"they are of version {packed[4]}; this build reads version {Version}");
        }

        if (packed[5] > (byte)IndexCoding.Gaps || packed[6] > (byte)PackedValues.Int8 || packed[7] != 0)
        {
            throw Refused($"indices of kind {packed[5]}, values of kind {packed[6]} and the reserved byte {packed[7]} are not known to version {Version}");
        }

        var header = new PackedHeader(
            (IndexCoding)packed[5], (PackedValues)packed[6], Number(packed[8..]), Number(packed[12..]), Number(packed[16..]), Number(packed[20..]));
        header.CheckSizes(packed.Length);
        return header;
    }

    public void Write(Span<byte> target)
    {
        Magic.CopyTo(target);
        (target[4], target[5], target[6], target[7]) = (Version, (byte)Indices, (byte)Values, 0);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Rows);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Columns);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(target[20..], IndexBytes);
    }

    /// <summary>Size of the section of values.</summary>
    public long ValueBytes => Values switch
    {
        PackedValues.Float32 => 4L * Count,
        PackedValues.Float16 => 2L * Count,
        _ => (4L * Rows) + Count,
    };

    public static InvalidDataException Refused(string why) => new($"The packed sparse weights cannot be read: {why}.");

    private static int Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    private void CheckSizes(int length)
    {
        if (Rows is < 0 or > LargestSide || Columns is < 0 or > LargestSide)
        {
            throw Refused($"they claim {Rows} x {Columns} entries; a side has 0 to {LargestSide}");
        }

        if (Count < 0 || Count > Entries || IndexBytes < 0)
        {
            throw Refused($"they claim {Count} values in {Rows} x {Columns} entries, and {IndexBytes} bytes of indices");
        }

        var expected = (((long)Bytes + IndexBytes + 3) & ~3L) + ValueBytes;
        if (length != expected)
        {
            throw Refused($"they are {length} bytes; a header with {Rows} rows, {Count} values and {IndexBytes} bytes of indices needs {expected}");
        }
    }
}
