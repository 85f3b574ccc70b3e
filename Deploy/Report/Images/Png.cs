using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SparseHybrid.Data;

namespace SparseHybrid.Deploy.Report.Images;

/// <summary>Writes PNG files (ISO/IEC 15948): 8 bits a sample, rows unfiltered, one IDAT chunk.</summary>
internal static class Png
{
    private const byte TrueColour = 2;
    private const byte IndexedColour = 3;

    private static readonly byte[] Signature = [0x89, .. "PNG\r\n\x1a\n"u8];

    /// <summary>An image whose pixels are numbers of colours.</summary>
    /// <param name="width">Pixels in a row, 1 or more.</param>
    /// <param name="pixels">Row by row, each below the number of colours.</param>
    /// <param name="colours">1 to 256 colours.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the rows.</exception>
    public static byte[] Indexed(int width, ReadOnlySpan<byte> pixels, IReadOnlyList<Colour> colours) => Write(width, pixels, bytesPerPixel: 1, IndexedColour,
        ("PLTE", [.. colours.SelectMany(colour => new[] { colour.Red, colour.Green, colour.Blue })]),
        ("tRNS", [.. colours.Select(colour => colour.Opacity)]));

    /// <summary>An opaque image in red, green and blue.</summary>
    /// <param name="width">Pixels in a row, 1 or more.</param>
    /// <param name="samples">Three a pixel, row by row.</param>
    /// <exception cref="ArgumentException">The samples do not fill the rows.</exception>
    public static byte[] Rgb(int width, ReadOnlySpan<byte> samples) => Write(width, samples, bytesPerPixel: 3, TrueColour);

    private static byte[] Write(int width, ReadOnlySpan<byte> samples, int bytesPerPixel, byte colourType, params (string Type, byte[] Data)[] chunks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var rowBytes = width * bytesPerPixel;
        if (samples.IsEmpty || samples.Length % rowBytes != 0)
        {
            throw new ArgumentException($"{samples.Length} bytes do not fill rows of {rowBytes}.", nameof(samples));
        }

        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR", Header(width, samples.Length / rowBytes, colourType));
        foreach (var (type, data) in chunks)
        {
            WriteChunk(file, type, data);
        }

        WriteChunk(file, "IDAT", Compress(samples, rowBytes));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Header(int width, int height, byte colourType)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a sample
        header[9] = colourType; // compression, filter and interlace methods stay 0, the only or plain ones
        return header;
    }

    private static byte[] Compress(ReadOnlySpan<byte> samples, int rowBytes)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            for (var start = 0; start < samples.Length; start += rowBytes)
            {
                zlib.WriteByte(0); // the row's filter: none
                zlib.Write(samples.Slice(start, rowBytes));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream file, string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        WriteNumber(file, (uint)data.Length);
        file.Write(typed);
        using var checksum = new Crc32Stream(new MemoryStream(typed));
        checksum.CopyTo(Stream.Null);
        WriteNumber(file, checksum.Checksum);
    }

    private static void WriteNumber(Stream file, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        file.Write(bytes);
    }
}

/// <summary>A colour of an image, not premultiplied.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue, byte Opacity = byte.MaxValue);
