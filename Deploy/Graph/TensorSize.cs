using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace SparseHybrid.Deploy.Graph;

/// <summary>How many entries and bytes a tensor says it has, and whether it has them.</summary>
internal static class TensorSize
{
    /// <summary>The product of dimensions; -1 when one is negative or the product does not fit.</summary>
    public static long ElementCount(IReadOnlyList<long> dimensions)
    {
        if (dimensions.Any(size => size < 0))
        {
            return -1;
        }

        var product = 1L;
        foreach (var size in dimensions.Contains(0) ? [0] : dimensions)
        {
            if (size > 0 && product > long.MaxValue / size)
            {
                return -1;
            }

            product *= size;
        }
        return product;
    }

    /// <summary>The bytes of raw data that shape and type ask for; null for types without a fixed size, or when they are too many to say.</summary>
    public static long? RawBytes(TensorProto tensor) =>
        BitsPerElement(tensor.DataType) is { } bits && ElementCount(tensor.Dims) is >= 0 and <= int.MaxValue and var count ? (count * bits + 7) / 8 : null;

    /// <summary>What is wrong with a tensor's size, to follow "Tensor 'name' of shape [...]"; null when nothing is. Data elsewhere is not looked at.</summary>
    public static string? Problem(TensorProto tensor)
    {
        var count = ElementCount(tensor.Dims);
        if (count is < 0 or > int.MaxValue)
        {
            return Problem(tensor.Dims);
        }

        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            return RawBytes(tensor) is null ? $"of type {tensor.DataType} cannot have its data in another file" : null;
        }

        if (tensor.HasRawData)
        {
            return RawBytes(tensor) is not { } bytes || tensor.RawData.Length == bytes
                ? null
                : $"has the wrong number of bytes: {tensor.RawData.Length} where {bytes} belong";
        }

        return StoredNumbers(tensor) is not { } found || found == count * NumbersPerElement(tensor.DataType)
            ? null
            : $"has the wrong number of entries: {found} where {count * NumbersPerElement(tensor.DataType)} belong";
    }

    /// <summary>What is wrong with dimensions alone; null when nothing is.</summary>
    public static string? Problem(IReadOnlyList<long> dimensions) => ElementCount(dimensions) switch
    {
        < 0 when dimensions.Any(size => size < 0) => "has a negative size",
        < 0 or > int.MaxValue => $"is too large: one tensor holds at most {int.MaxValue} entries",
        _ => null,
    };

    // Numbers above 16 came with later versions of the format than the schema that this is compiled from.
    private static int? BitsPerElement(int type) => type switch
    {
        (int)DataType.Uint8 or (int)DataType.Int8 or (int)DataType.Bool => 8,
        (int)DataType.Uint16 or (int)DataType.Int16 or (int)DataType.Float16 or (int)DataType.Bfloat16 => 16,
        (int)DataType.Float or (int)DataType.Int32 or (int)DataType.Uint32 => 32,
        (int)DataType.Double or (int)DataType.Int64 or (int)DataType.Uint64 or (int)DataType.Complex64 => 64,
        (int)DataType.Complex128 => 128,
        >= 17 and <= 20 or 24 => 8, // float8 in its kinds
        >= 21 and <= 23 => 4, // uint4, int4, float4
        25 or 26 => 2, // uint2, int2
        _ => null, // strings, and types that this build does not know: ONNX Runtime's to judge
    };

    private static int NumbersPerElement(int type) => type is (int)DataType.Complex64 or (int)DataType.Complex128 ? 2 : 1;

    private static int? StoredNumbers(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float or DataType.Complex64 => tensor.FloatData.Count,
        DataType.Double or DataType.Complex128 => tensor.DoubleData.Count,
        DataType.Int64 => tensor.Int64Data.Count,
        DataType.Uint32 or DataType.Uint64 => tensor.Uint64Data.Count,
        DataType.String => tensor.StringData.Count,
        DataType.Int32 or DataType.Int16 or DataType.Int8 or DataType.Uint16 or DataType.Uint8 or DataType.Bool or DataType.Float16
            or DataType.Bfloat16 => tensor.Int32Data.Count,
        _ => null,
    };
}
