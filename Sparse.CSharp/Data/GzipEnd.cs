using System.Buffers.Binary;

namespace SparseHybrid.Data;

/// <summary>
/// The decompressor checks gzip's checksum when it meets one, but is content with a file that was cut off before it. The
/// last four bytes of a whole file are the number of bytes of its content.
/// </summary>
internal static class GzipEnd
{
    /// <summary>Compares the number at the end of a file with what was decompressed.</summary>
    /// <exception cref="InvalidDataException">The file is cut off.</exception>
    public static void Check(FileStream file, long contentBytes)
    {
        Span<byte> end = stackalloc byte[4];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != (uint)contentBytes)
        {
            throw new InvalidDataException("Its gzip data is cut off.");
        }
    }
}
