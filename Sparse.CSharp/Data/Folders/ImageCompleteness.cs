using System.Buffers.Binary;

namespace SparseHybrid.Data.Folders;

/// <summary>
/// Tells whether all of an image is there. Decoders of images show what they have of a broken file; here half an image would be learned from.
/// </summary>
internal static class ImageCompleteness
{
    /// <summary>Checks that the bytes are a PNG, JPEG or BMP image and go on to its end; of PNG also the checksums.</summary>
    /// <exception cref="InvalidDataException">They are or do not; the message says what.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        try
        {
            if (file.StartsWith<byte>([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8]))
            {
                CheckPng(file[8..]);
            }
            else if (file.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            {
                CheckJpeg(file[2..]);
            }
            else if (file.StartsWith("BM"u8))
            {
                CheckBmp(file);
            }
            else
            {
                throw new InvalidDataException(file.IsEmpty ? "It is empty." : "It holds no PNG, JPEG or BMP image.");
            }
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new InvalidDataException("It is cut off: its end is missing.", error);
        }
    }

    // ISO/IEC 15948, 5.3: chunks of length, type, data and checksum, up to IEND. A type in capitals is needed to decode.
    private static void CheckPng(ReadOnlySpan<byte> rest)
    {
        while (true)
        {
            var length = checked((int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(rest), int.MaxValue - 12));
            var chunk = rest.Slice(4, length + 4);
            if (char.IsAsciiLetterUpper((char)chunk[0]) && Crc32.Of(chunk) != BinaryPrimitives.ReadUInt32BigEndian(rest[(length + 8)..]))
            {
                throw new InvalidDataException("It is damaged: a checksum in it is wrong.");
            }

            if (chunk.StartsWith("IEND"u8))
            {
                return;
            }

            rest = rest[(length + 12)..];
        }
    }

    // ITU T.81, B.1: segments that say how long they are; behind a start of scan (DA) entropy-coded bytes, in which FF 00 and FF D0 to D7 are no segments.
    private static void CheckJpeg(ReadOnlySpan<byte> rest)
    {
        while (true)
        {
            while (rest[..2] is not [0xFF, not (0 or 0xFF or >= 0xD0 and <= 0xD7)])
            {
                rest = rest[1..];
                var next = rest.IndexOf((byte)0xFF);
                rest = next < 0 ? [] : rest[next..];
            }

            if (rest[1] == 0xD9)
            {
                return; // end of image
            }

            rest = rest[(2 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]))..];
        }
    }

    // BITMAPFILEHEADER and the header behind it: rows of whole 32-bit words, of which the last may lack its padding.
    private static void CheckBmp(ReadOnlySpan<byte> file)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var isOld = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]) == 12;
        long width = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) : BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
        long height = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(file[20..]) : BinaryPrimitives.ReadInt32LittleEndian(file[22..]);
        var bits = width * BinaryPrimitives.ReadUInt16LittleEndian(file[(isOld ? 24 : 28)..]);
        var end = start + ((bits + 31) / 32 * 4 * (Math.Abs(height) - 1)) + ((bits + 7) / 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, file.Length);
    }
}
