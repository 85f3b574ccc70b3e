using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Onnx;
using SparseHybrid.Deploy.Graph;
using DataType = Onnx.TensorProto.Types.DataType;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>Which entries of a tensor are not zero, whatever its type.</summary>
internal static class TensorEntries
{
    public static bool IsFloating(TensorProto tensor) =>
        (DataType)tensor.DataType is DataType.Float or DataType.Float16 or DataType.Bfloat16 or DataType.Double;

    /// <summary>The row-major positions of the entries that are not zero; null for types that this does not read.</summary>
    /// <param name="tensor">Of consistent size.</param>
    /// <param name="zero">Of whole numbers those that stand for zero.</param>
    public static IEnumerable<long>? Nonzeros(TensorProto tensor, ZeroPoint zero) => (DataType)tensor.DataType switch
    {
        DataType.Float => Nonzeros<float>(tensor, zero),
        DataType.Double => Nonzeros<double>(tensor, zero),
        DataType.Float16 => Nonzeros<Half>(tensor, zero),
        DataType.Bfloat16 => BrainFloats(tensor),
        DataType.Int8 => Nonzeros<sbyte>(tensor, zero),
        DataType.Uint8 => Nonzeros<byte>(tensor, zero),
        DataType.Int16 => Nonzeros<short>(tensor, zero),
        DataType.Uint16 => Nonzeros<ushort>(tensor, zero),
        DataType.Int32 => Nonzeros<int>(tensor, zero),
        _ => null,
    };

    private static IEnumerable<long> Nonzeros<T>(TensorProto tensor, ZeroPoint zero)
        where T : unmanaged, INumberBase<T>
    {
        var zeros = zero.Numbers is { } numbers && numbers.DataType == tensor.DataType ? Entries<T>(Memory(numbers)).ToArray() : [];
        var isPerPosition = zero.Axis < tensor.Dims.Count && zeros.Length == tensor.Dims[zero.Axis];
        var inner = tensor.Dims.Skip(zero.Axis + 1).Aggregate(1L, (product, size) => product * size);
        return zeros.Length > 1 && isPerPosition ? Differing(Memory(tensor), zeros, inner) : Differing(Memory(tensor), zeros is [var only] ? only : T.Zero);
    }

    private static IEnumerable<long> Differing<T>(ReadOnlyMemory<byte> memory, T zero)
        where T : unmanaged, INumberBase<T>
    {
        var count = memory.Length / Unsafe.SizeOf<T>();
        for (var i = 0; i < count; i++)
        {
            if (Entries<T>(memory)[i] != zero)
            {
                yield return i;
            }
        }
    }

    private static IEnumerable<long> Differing<T>(ReadOnlyMemory<byte> memory, T[] zeros, long inner)
        where T : unmanaged, INumberBase<T>
    {
        var count = memory.Length / Unsafe.SizeOf<T>();
        for (var i = 0; i < count; i++)
        {
            if (Entries<T>(memory)[i] != zeros[i / inner % zeros.Length])
            {
                yield return i;
            }
        }
    }

    // The upper half of a float32: .NET has no type for it, and a zero may have a sign.
    private static IEnumerable<long> BrainFloats(TensorProto tensor)
    {
        var memory = Memory(tensor);
        for (var i = 0; i < memory.Length / sizeof(ushort); i++)
        {
            if ((Entries<ushort>(memory)[i] & 0x7fff) != 0)
            {
                yield return i;
            }
        }
    }

    private static ReadOnlySpan<T> Entries<T>(ReadOnlyMemory<byte> memory)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(memory.Span);

    /// <summary>The entries as raw data has them.</summary>
    private static ReadOnlyMemory<byte> Memory(TensorProto tensor) => tensor.HasRawData ? tensor.RawData.Memory : (DataType)tensor.DataType switch
    {
        DataType.Float => Packed([.. tensor.FloatData]),
        DataType.Double => Packed([.. tensor.DoubleData]),
        DataType.Int32 => Packed([.. tensor.Int32Data]),
        DataType.Int8 or DataType.Uint8 => Packed(tensor.Int32Data.Select(value => (byte)value)),
        _ => Packed(tensor.Int32Data.Select(value => (ushort)value)),
    };

    private static byte[] Packed<T>(IEnumerable<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values.ToArray()).ToArray();
}
