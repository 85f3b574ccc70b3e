using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SparseHybrid.Tests.Support;

/// <summary>Makes small images, written from the descriptions of their formats.</summary>
public static class ImageBytes
{
    private static readonly byte[] ColourTypes = [0, 0, 4, 2, 6]; // by the number of components

    /// <summary>A flat 8x8 JPEG of brightness 200: one block with a DC coefficient of 72 and no other.</summary>
    /// <remarks>Quantised by 8, an eighth of the block's sum; Huffman codes of one bit: DC category 7, AC end of block. Bits: 0 1001000 0, then ones.</remarks>
    public static byte[] GreyJpeg => Jpeg([1, 1, 0x11, 0], dcCategory: 7, [0x48, 0x7F]);

    /// <summary>A flat 8x8 JPEG of Y 164, Cb 92 and Cr 164: red 214, green 151, blue 100 (ITU-R BT.601).</summary>
    /// <remarks>DC coefficients 36, -36 and 36 are of category 6. Bits: 0 100100 0, 0 011011 0, 0 100100 0.</remarks>
    public static byte[] ColourJpeg => Jpeg([3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0], dcCategory: 6, [0x48, 0x36, 0x48]);

    /// <summary>A JPEG stored as 16 pixels by 8, of brightness 200 on its left and 255 on its right, with an Exif note of how it is to be turned.</summary>
    /// <remarks>Two blocks, each with a DC coefficient 72 above that of the one before: 0 1001000 0, 0 1001000 0. The sum is above white.</remarks>
    public static byte[] TurnedJpeg(byte orientation, bool isLittle)
    {
        // TIFF 6.0: a directory of one entry at byte 8, of tag 0x0112, type 3 (SHORT), count 1.
        byte[] note = isLittle
            ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        var file = Jpeg([1, 1, 0x11, 0], dcCategory: 7, [0x48, 0x24, 0x3F], width: 16);
        return [.. file[..2], .. Segment(0xE1, [.. "Exif\0\0"u8, .. note]), .. file[2..]];
    }

    /// <summary>A PNG of 8 bits.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="components">1 grey, 2 grey and opacity, 3 colour, 4 colour and opacity.</param>
    /// <param name="pixels">width x height x components bytes.</param>
    public static byte[] Png(int width, int height, int components, params byte[] pixels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, ColourTypes[components]);
        Chunk(file, "IHDR", header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(pixels, row * width * components, width * components);
            }
        }

        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A BMP of 24 bits, its rows from the bottom up.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">Red, green and blue of each pixel, row by row from the top.</param>
    public static byte[] Bmp(int width, int height, params byte[] pixels)
    {
        var row = (3 * width + 3) / 4 * 4;
        var file = new byte[54 + row * height];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        (file[26], file[28]) = (1, 24);
        for (var i = 0; i < width * height; i++)
        {
            var at = 54 + (height - 1 - i / width) * row + i % width * 3;
            (file[at], file[at + 1], file[at + 2]) = (pixels[3 * i + 2], pixels[3 * i + 1], pixels[3 * i]);
        }

        return file;
    }

    // ITU T.81, annex B: one quantisation table of eights, one Huffman table of one code for DC, one for AC.
    private static byte[] Jpeg(byte[] components, byte dcCategory, byte[] scan, byte width = 8)
    {
        byte[] OneCode(byte place, byte symbol) => Segment(0xC4, [place, 1, .. new byte[15], symbol]);
        var selectors = Enumerable.Range(1, components[0]).SelectMany(component => new byte[] { (byte)component, 0 });
        return
        [
            0xFF, 0xD8, .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]), .. Segment(0xC0, [8, 0, 8, 0, width, .. components]),
            .. OneCode(0, dcCategory), .. OneCode(0x10, 0), .. Segment(0xDA, [components[0], .. selectors, 0, 63, 0]), .. scan, 0xFF, 0xD9,
        ];
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, 0, (byte)(content.Length + 2), .. content];

    private static void Chunk(Stream file, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        file.Write(number);
    }

    // Bit by bit, as ISO 3309 defines it.
    private static uint Crc32(byte[] bytes)
    {
        var register = uint.MaxValue;
        foreach (var value in bytes)
        {
            register ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                register = (register >> 1) ^ ((register & 1) * 0xEDB88320);
            }
        }

        return ~register;
    }
}
