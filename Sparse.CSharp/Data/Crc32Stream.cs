namespace SparseHybrid.Data;

/// <summary>Reads through another stream and computes the checksum that zip archives keep: CRC-32 of ISO 3309.</summary>
internal sealed class Crc32Stream(Stream inner) : Stream
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => OfByte((uint)value))];

    private uint register = uint.MaxValue;

    /// <summary>Of everything read so far.</summary>
    public uint Checksum => ~register;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        var crc = register;
        foreach (var value in buffer[..count])
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        register = crc;
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private static uint OfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        }

        return value;
    }
}
