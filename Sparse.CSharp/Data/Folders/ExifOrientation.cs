using System.Buffers.Binary;

namespace SparseHybrid.Data.Folders;

/// <summary>How a camera was held: cameras store what their sensor saw and note how it is to be turned (Exif 2.3, 4.6.4, tag Orientation).</summary>
internal static class ExifOrientation
{
    /// <summary>The image is shown as it is stored.</summary>
    public const int Upright = 1;

    private const int Tag = 0x0112;
    private const int EntryBytes = 12;

    /// <summary>The note in a JPEG file, 1 to 8; 1 where there is none, or none that can be read.</summary>
    public static int Of(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith<byte>([0xFF, 0xD8]))
        {
            return Upright;
        }

        for (var rest = file[2..]; rest is [0xFF, not 0xDA, _, _, ..];) // up to the start of scan
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length > rest.Length - 2)
            {
                break;
            }

            var content = rest[4..(length + 2)];
            if (rest[1] == 0xE1 && content.StartsWith("Exif\0\0"u8))
            {
                return OfTiff(content[6..]);
            }

            rest = rest[(length + 2)..];
        }

        return Upright;
    }

    // TIFF 6.0, section 2: the order of bytes, the place of the first directory, its entries of tag, type, count and value.
    private static int OfTiff(ReadOnlySpan<byte> tiff)
    {
        var isLittle = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || Number(tiff[4..], 4) is var start && start > tiff.Length - 2)
        {
            return Upright;
        }

        var entries = tiff[((int)start + 2)..];
        for (var left = Number(tiff[(int)start..], 2); left > 0 && entries.Length >= EntryBytes; left--, entries = entries[EntryBytes..])
        {
            if (Number(entries, 2) == Tag)
            {
                return Number(entries[8..], 2) is >= 1 and <= 8 and var orientation ? (int)orientation : Upright;
            }
        }

        return Upright;

        uint Number(ReadOnlySpan<byte> bytes, int size) => (size, isLittle) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
    }
}
