using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SparseHybrid.Tests.Support;

/// <summary>Makes .npy and .npz files, written from NumPy's description of the format and not with the reader under test.</summary>
public static class NumpyBytes
{
    public static byte[] Npy(string descr, string shape, ReadOnlySpan<byte> entries, bool isFortran = false, int version = 1)
    {
        var text = $"{{'descr': '{descr}', 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': {shape}, }}";
        var prefix = version == 1 ? 10 : 12;
        text = text.PadRight((prefix + text.Length + 64) / 64 * 64 - prefix - 1) + "\n";
        using var buffer = new MemoryStream();
        buffer.Write([0x93, .. "NUMPY"u8, (byte)version, 0]);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        buffer.Write(version == 1 ? length[..2] : length);
        buffer.Write(Encoding.Latin1.GetBytes(text));
        buffer.Write(entries);
        return buffer.ToArray();
    }

    public static byte[] Bytes(string shape, ReadOnlySpan<byte> entries) => Npy("|u1", shape, entries);

    public static byte[] Floats(string shape, params float[] entries) => Npy("<f4", shape, System.Runtime.InteropServices.MemoryMarshal.AsBytes(entries.AsSpan()));

    public static byte[] Longs(string shape, params long[] entries) => Npy("<i8", shape, System.Runtime.InteropServices.MemoryMarshal.AsBytes(entries.AsSpan()));

    public static byte[] Npz(bool isCompressed, params (string Name, byte[] Npy)[] arrays)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, npy) in arrays)
            {
                using var entry = archive.CreateEntry(name + ".npy", isCompressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
                entry.Write(npy);
            }
        }

        return buffer.ToArray();
    }
}
