using System.Buffers.Binary;
using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>
/// Tensors by name in the safetensors format, which Python and many other tools read: an 8-byte length, a JSON header,
/// then the entries, little-endian, row by row. What is written is read back bit for bit.
/// </summary>
/// <remarks>Format: the README of the project huggingface/safetensors. A file is read with every rule of it checked.</remarks>
public static class Safetensors
{
    private const long LongestTensor = int.MaxValue;

    /// <summary>Writes tensors to a file, which appears under its name only when it is complete.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="tensors">Any shape and device; neither changed nor disposed.</param>
    /// <param name="metadata">Texts by name, kept in the header.</param>
    /// <exception cref="ArgumentException">A tensor has a type that the format lacks, or is of 2 GiB or more.</exception>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, torch.Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = new SafetensorsHeader(metadata ?? new Dictionary<string, string>(), PlaceTensors(tensors));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.ToBytes());
            foreach (var entry in header.Entries)
            {
                WithBytes(tensors[entry.Name], bytes => stream.Write(bytes));
            }
        });
    }

    /// <summary>Reads a file. The caller owns what comes back.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is missing, damaged or not of this format.</exception>
    public static SafetensorsContents Read(string path)
    {
        var tensors = new Dictionary<string, torch.Tensor>();
        try
        {
            using var stream = File.OpenRead(path);
            var header = ReadHeader(stream);
            foreach (var entry in header.Entries.OrderBy(entry => entry.Begin))
            {
                tensors.Add(entry.Name, ReadTensor(stream, entry));
            }

            return new SafetensorsContents(tensors, header.Metadata);
        }
        catch (Exception error)
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            if (error is InvalidDataException or EndOfStreamException)
            {
                throw new CheckpointException(
                    path, $"'{path}' is not a valid safetensors file.", error.Message, "Use another copy of it, or make it again.", error);
            }

            if (error is IOException or UnauthorizedAccessException)
            {
                throw new CheckpointException(path, $"Cannot read '{path}'.", error.Message, "Check the file's name and its permissions.", error);
            }

            throw;
        }
    }

    /// <summary>Checks that a file is whole by its header and its length, without reading the tensors.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is missing, cut short or not of this format.</exception>
    public static void CheckStructure(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            ReadHeader(stream);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"'{path}' is not a valid safetensors file.", error.Message, "Use another copy of it, or make it again.", error);
        }
    }

    /// <summary>Lends the bytes of a tensor, row by row, wherever it lives.</summary>
    internal static void WithBytes(torch.Tensor tensor, BytesAction action)
    {
        using var scope = torch.NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        action(plain.bytes);
    }

    /// <summary>Does something with bytes that are only lent.</summary>
    internal delegate void BytesAction(ReadOnlySpan<byte> bytes);

    private static List<SafetensorsEntry> PlaceTensors(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        var entries = new List<SafetensorsEntry>();
        var position = 0L;
        // Wide types first, so that every tensor lies on a multiple of its entry size.
        foreach (var (name, tensor) in tensors.OrderByDescending(item => item.Value.ElementSize).ThenBy(item => item.Key, StringComparer.Ordinal))
        {
            if (SafetensorsEntry.CodeOf(tensor.dtype) is null || SafetensorsEntry.ByteLength(tensor.dtype, tensor.shape) is not { } length)
            {
                throw new ArgumentException($"Tensor '{name}' has the type {tensor.dtype}, which the safetensors format lacks.", nameof(tensors));
            }

            if (length > LongestTensor)
            {
                throw new ArgumentException($"Tensor '{name}' takes {length} bytes; at most {LongestTensor} are possible.", nameof(tensors));
            }

            entries.Add(new SafetensorsEntry(name, tensor.dtype, tensor.shape, position, position + length));
            position += length;
        }

        return entries;
    }

    private static SafetensorsHeader ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            throw new InvalidDataException($"It has {stream.Length} bytes; the length of the header alone takes 8.");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var left = stream.Length - prefix.Length;
        if (length > SafetensorsHeader.LargestHeader || (long)length > left)
        {
            throw new InvalidDataException(
                $"Its header claims {length} bytes; the file has {left} left and the format allows {SafetensorsHeader.LargestHeader}.");
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, left - json.Length);
    }

    private static torch.Tensor ReadTensor(Stream stream, SafetensorsEntry entry)
    {
        if (entry.Length > LongestTensor)
        {
            throw new InvalidDataException($"Tensor '{entry.Name}' takes {entry.Length} bytes; at most {LongestTensor} can be read.");
        }

        var tensor = torch.empty(entry.Shape, dtype: entry.Type).DetachFromDisposeScope();
        try
        {
            if (entry.Length > 0)
            {
                stream.ReadExactly(tensor.bytes);
            }

            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }
}
