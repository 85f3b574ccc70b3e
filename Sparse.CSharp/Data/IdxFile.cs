using System.Buffers.Binary;
using System.IO.Compression;

namespace SparseHybrid.Data;

/// <summary>The contents of an IDX file of unsigned bytes: the format of MNIST and its relatives.</summary>
/// <param name="Path">The file this was read from.</param>
/// <param name="Dimensions">Sizes, outermost first: [count; rows; columns] for images, [count] for labels.</param>
/// <param name="Values">The entries, row by row.</param>
/// <remarks>
/// Layout: two zero bytes, the type (8 = unsigned byte), the number of dimensions, each size as a big-endian 32-bit
/// integer, then the entries. The file may be compressed by gzip (one member), which is recognised by its first two bytes.
/// </remarks>
public sealed record IdxFile(string Path, IReadOnlyList<int> Dimensions, byte[] Values)
{
    private const byte UnsignedByteType = 8;

    /// <summary>Deflate never compresses better than 1032 to 1, so a header that claims more is wrong.</summary>
    private const long LargestCompressionRatio = 1032;

    /// <summary>Reads and checks a file: magic number, every size, the exact number of bytes, the checksum of gzip.</summary>
    /// <param name="path">The file, plain or compressed by gzip.</param>
    /// <param name="dimensions">How many dimensions the file must have: 3 for images, 1 for labels.</param>
    /// <exception cref="DataException">The file is missing, unreadable or not what it should be.</exception>
    public static IdxFile Read(string path, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, 4);
        try
        {
            using var file = File.OpenRead(path);
            var isCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            var largestContent = isCompressed ? file.Length * LargestCompressionRatio : file.Length;
            using Stream content = isCompressed ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : new BufferedStream(file);
            var idx = ReadContent(path, content, dimensions, largestContent);
            if (isCompressed)
            {
                GzipEnd.Check(file, contentBytes: 4 + 4 * dimensions + idx.Values.LongLength);
            }

            return idx;
        }
        catch (InvalidDataException error)
        {
            throw Damaged(path, "Its gzip data is corrupted or cut off.", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", "There is no such file.", "Name the folder that holds the IDX files.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
        }
    }

    private static IdxFile ReadContent(string path, Stream content, int dimensions, long largestContent)
    {
        Span<byte> header = stackalloc byte[4 + 4 * dimensions];
        var headerBytes = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        CheckMagic(path, header[..Math.Min(4, headerBytes)], dimensions);
        if (headerBytes < header.Length)
        {
            throw Damaged(path, $"It ends after {headerBytes} bytes; its header alone has {header.Length}.");
        }

        var sizes = ReadSizes(path, header[4..]);
        var expected = sizes.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue + 1L));
        if (expected > Math.Min(Array.MaxLength, largestContent))
        {
            throw Damaged(path, $"Its header promises {string.Join(" x ", sizes)} bytes, more than the file can hold.");
        }

        var values = new byte[expected];
        var found = content.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (found < values.Length)
        {
            throw Damaged(path, $"Its header promises {expected} bytes ({string.Join(" x ", sizes)}); {found} are there.");
        }

        if (content.ReadByte() >= 0)
        {
            throw Damaged(path, $"Its header promises {expected} bytes ({string.Join(" x ", sizes)}); more follow them.");
        }

        return new IdxFile(path, sizes, values);
    }

    private static void CheckMagic(string path, ReadOnlySpan<byte> magic, int dimensions)
    {
        ReadOnlySpan<byte> expected = [0, 0, UnsignedByteType, (byte)dimensions];
        if (!magic.SequenceEqual(expected))
        {
            throw Damaged(path, $"Its magic number is 0x{Convert.ToHexString(magic)}; expected 0x{Convert.ToHexString(expected)}.");
        }
    }

    private static int[] ReadSizes(string path, ReadOnlySpan<byte> bytes)
    {
        var sizes = new int[bytes.Length / 4];
        for (var dimension = 0; dimension < sizes.Length; dimension++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * dimension)..]);
            if (size is 0 or > int.MaxValue)
            {
                throw Damaged(path, $"Its dimension {dimension + 1} is {size}; expected 1 to {int.MaxValue}.");
            }

            sizes[dimension] = (int)size;
        }

        return sizes;
    }

    private static DataException Damaged(string path, string why, Exception? inner = null) =>
        new(path, $"'{path}' is not a valid IDX file.", why, "Fetch the file again from where it came from.", inner);
}
