using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SparseHybrid.Deploy.Report.Images;

namespace SparseHybrid.Deploy.Tests.Report.Images;

public sealed class PngTests
{
    [Fact]
    public void Indexed_pixels_come_back_with_their_colours_and_opacities()
    {
        byte[] pixels = [0, 1, 2, 2, 1, 0];
        Colour[] colours = [new(1, 2, 3, 0), new(4, 5, 6, 128), new(7, 8, 9)];
        var chunks = Chunks(Png.Indexed(3, pixels, colours));
        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0], chunks[0].Data); // 3 x 2, 8 bits, by palette
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], chunks[1].Data);
        Assert.Equal([0, 128, 255], chunks[2].Data);
        Assert.Equal([0, 0, 1, 2, 0, 2, 1, 0], Inflate(chunks[3].Data)); // a filter byte, which is 0, before each row
        Assert.Empty(chunks[4].Data);
    }

    [Fact]
    public void Samples_of_red_green_and_blue_come_back()
    {
        var samples = Enumerable.Range(0, 2 * 2 * 3).Select(value => (byte)(20 * value)).ToArray();
        var chunks = Chunks(Png.Rgb(2, samples));
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0], chunks[0].Data);
        Assert.Equal([0, .. samples[..6], 0, .. samples[6..]], Inflate(chunks[1].Data));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    [InlineData(3, 0)]
    public void Pixels_that_fill_no_rows_are_refused(int width, int pixels) =>
        Assert.ThrowsAny<ArgumentException>(() => Png.Indexed(width, new byte[pixels], [new Colour(0, 0, 0)]));

    // Reads the file as the standard says, checksums included.
    private static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], file[..8]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var typed = file[(at + 4)..(at + 8 + length)];
            Assert.Equal(Crc(typed), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(typed, 0, 4), typed[4..]));
            at += length + 12;
        }

        return chunks;
    }

    // Bit by bit, as ISO 3309 defines it.
    private static uint Crc(byte[] bytes)
    {
        var register = uint.MaxValue;
        foreach (var value in bytes)
        {
            register ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                register = (register & 1) == 1 ? (register >> 1) ^ 0xEDB88320 : register >> 1;
            }
        }

        return ~register;
    }

    private static byte[] Inflate(byte[] data)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        return plain.ToArray();
    }
}
