using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace SparseHybrid.Data;

/// <summary>Writes arrays into a .npz file: NumPy's format, version 1. The same arrays give the same bytes.</summary>
internal sealed class NpzWriter(Stream stream) : IDisposable
{
    private const int Alignment = 64;

    // Zip knows no time before 1980; the real one would make every file differ.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    public void Add(string name, long[] shape, ReadOnlySpan<float> entries) => Add(name, "<f4", shape, MemoryMarshal.AsBytes(entries));

    public void Add(string name, long[] shape, ReadOnlySpan<long> entries) => Add(name, "<i8", shape, MemoryMarshal.AsBytes(entries));

    public void Add(string name, long[] shape, ReadOnlySpan<byte> entries) => Add(name, "|u1", shape, entries);

    /// <summary>Writes an array piece by piece; together the pieces are its entries.</summary>
    public void Add(string name, long[] shape, IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        using var content = Begin(name, "|u1", shape);
        foreach (var piece in pieces)
        {
            content.Write(piece.Span);
        }
    }

    public void Dispose() => archive.Dispose();

    private void Add(string name, string type, long[] shape, ReadOnlySpan<byte> entries)
    {
        using var content = Begin(name, type, shape);
        content.Write(entries);
    }

    // Writes the header; the entries have to follow.
    private Stream Begin(string name, string type, long[] shape)
    {
        var entry = archive.CreateEntry(name + ".npy", CompressionLevel.Fastest);
        entry.LastWriteTime = Epoch;
        var content = entry.Open();
        var sizes = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        var start = 10; // the magic word, the version and the length of the text
        text = text.PadRight((start + text.Length + Alignment) / Alignment * Alignment - start - 1) + "\n";
        content.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8)]);
        content.Write(Encoding.Latin1.GetBytes(text));
        return content;
    }
}
