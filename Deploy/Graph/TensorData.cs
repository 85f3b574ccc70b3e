using System.Runtime.InteropServices;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Reads the values of ONNX tensors, wherever the format keeps them.</summary>
internal static class TensorData
{
    /// <summary>The entries of a float32 tensor in row-major order; null when it has another type or its data is elsewhere.</summary>
    public static float[]? TryReadFloats(TensorProto tensor)
    {
        if (tensor.DataType != (int)DataType.Float || tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            return null;
        }

        var values = tensor.HasRawData
            ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()
            : [.. tensor.FloatData];
        return values.Length == ElementCount(tensor) ? values : null;
    }

    /// <summary>The entries of an int64 or int32 tensor in row-major order; null when it has another type or its data is elsewhere.</summary>
    public static long[]? TryReadIntegers(TensorProto tensor)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            return null;
        }

        long[]? values = (DataType)tensor.DataType switch
        {
            DataType.Int64 => tensor.HasRawData ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray() : [.. tensor.Int64Data],
            DataType.Int32 => tensor.HasRawData
                ? [.. MemoryMarshal.Cast<byte, int>(tensor.RawData.Span).ToArray().Select(value => (long)value)]
                : [.. tensor.Int32Data.Select(value => (long)value)],
            _ => null,
        };
        return values?.Length == ElementCount(tensor) ? values : null;
    }

    /// <summary>The product of the dimensions; -1 when one is negative or the product does not fit.</summary>
    public static long ElementCount(TensorProto tensor)
    {
        var count = 1L;
        foreach (var size in tensor.Dims)
        {
            if (size < 0 || (size > 0 && count > long.MaxValue / size))
            {
                return -1;
            }

            count *= size;
        }
        return count;
    }

    /// <summary>Whether the bytes that a tensor carries are as many as its shape and type say.</summary>
    public static bool HasConsistentSize(TensorProto tensor)
    {
        var count = ElementCount(tensor);
        if (count is < 0 or > int.MaxValue)
        {
            return false;
        }

        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            return true; // the data is in another file
        }

        if (tensor.HasRawData)
        {
            return BytesPerElement((DataType)tensor.DataType) is not { } bytes || tensor.RawData.Length == count * bytes;
        }

        return tensor.DataType != (int)DataType.Float || tensor.FloatData.Count == count;
    }

    private static int? BytesPerElement(DataType type) => type switch
    {
        DataType.Uint8 or DataType.Int8 or DataType.Bool => 1,
        DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Double or DataType.Int64 or DataType.Uint64 or DataType.Complex64 => 8,
        DataType.Complex128 => 16,
        _ => null, // types that this build does not know are ONNX Runtime's to judge
    };
}
