using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>Where a tensor lies in a safetensors file, and what it is.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Type">Type of its entries.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafetensorsEntry(string Name, torch.ScalarType Type, long[] Shape, long Begin, long End)
{
    private static readonly (string Code, torch.ScalarType Type, int Bytes)[] Types =
    [
        ("F64", torch.ScalarType.Float64, 8),
        ("I64", torch.ScalarType.Int64, 8),
        ("F32", torch.ScalarType.Float32, 4),
        ("I32", torch.ScalarType.Int32, 4),
        ("F16", torch.ScalarType.Float16, 2),
        ("BF16", torch.ScalarType.BFloat16, 2),
        ("I16", torch.ScalarType.Int16, 2),
        ("I8", torch.ScalarType.Int8, 1),
        ("U8", torch.ScalarType.Byte, 1),
        ("BOOL", torch.ScalarType.Bool, 1),
    ];

    /// <summary>Bytes from <see cref="Begin"/> to <see cref="End"/>.</summary>
    public long Length => End - Begin;

    /// <summary>The format's name of a type, or null when it has none.</summary>
    public static string? CodeOf(torch.ScalarType type) => Array.Find(Types, known => known.Type == type).Code;

    /// <summary>Looks up a type by the format's name.</summary>
    public static bool TryParseType(string code, out torch.ScalarType type)
    {
        var index = Array.FindIndex(Types, known => known.Code == code);
        type = index < 0 ? default : Types[index].Type;
        return index >= 0;
    }

    /// <summary>
    /// Bytes that a tensor of this type and shape takes; null when that exceeds a signed 64-bit integer, or would without
    /// its sizes of 0, which libtorch refuses as well.
    /// </summary>
    public static long? ByteLength(torch.ScalarType type, IReadOnlyCollection<long> shape)
    {
        Int128 bytes = Array.Find(Types, known => known.Type == type).Bytes;
        foreach (var size in shape)
        {
            bytes *= Math.Max(size, 1);
            if (bytes > long.MaxValue)
            {
                return null;
            }
        }

        return shape.Contains(0) ? 0 : (long)bytes;
    }
}
