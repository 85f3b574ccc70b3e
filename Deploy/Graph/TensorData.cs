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

    /// <summary>The entries of a tensor as little-endian bytes, row by row; null where they are elsewhere or of a type that is kept in another way.</summary>
    public static ReadOnlyMemory<byte>? TryReadBytes(TensorProto tensor) => tensor switch
    {
        { DataLocation: TensorProto.Types.DataLocation.External } => null,
        { HasRawData: true } => tensor.RawData.Memory,
        { DataType: (int)DataType.Float } => MemoryMarshal.AsBytes<float>([.. tensor.FloatData]).ToArray(),
        { DataType: (int)DataType.Int64 } => MemoryMarshal.AsBytes<long>([.. tensor.Int64Data]).ToArray(),
        _ => null,
    };

    /// <summary>The product of the dimensions; -1 when one is negative or the product does not fit.</summary>
    public static long ElementCount(TensorProto tensor) => TensorSize.ElementCount(tensor.Dims);
}
