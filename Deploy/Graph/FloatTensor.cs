using System.Runtime.InteropServices;
using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>A float32 tensor of a model, read where it lies.</summary>
internal sealed class FloatTensor
{
    private readonly TensorProto tensor;
    private readonly float[]? unpacked;

    private FloatTensor(TensorProto tensor)
    {
        this.tensor = tensor;
        unpacked = tensor.HasRawData ? null : [.. tensor.FloatData];
    }

    public string Name => tensor.Name;

    public IReadOnlyList<long> Shape => tensor.Dims;

    /// <summary>The entries in row-major order.</summary>
    public ReadOnlySpan<float> Values => unpacked ?? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);

    /// <summary>The view of a tensor; null when it has another type, another size than it says, or its data elsewhere.</summary>
    public static FloatTensor? TryRead(TensorProto? tensor)
    {
        if (tensor is null || tensor.DataType != (int)TensorProto.Types.DataType.Float || TensorSize.Problem(tensor) is not null
            || tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            return null;
        }

        return new FloatTensor(tensor);
    }

    /// <summary>The entry that a slice of one axis has everywhere; NaN when it has several.</summary>
    public double UniformValue(int axis, int position)
    {
        var (inner, outer) = (Inner(axis), Outer(axis));
        var first = Values[position * inner];
        for (var block = 0; block < outer; block++)
        {
            if (Values.Slice((int)((block * Shape[axis] + position) * inner), inner).ContainsAnyExcept(first))
            {
                return double.NaN;
            }
        }
        return first;
    }

    /// <summary>The tensor with a choice of the positions along one axis.</summary>
    public TensorProto Select(int axis, IReadOnlyList<int> positions)
    {
        var (inner, outer) = (Inner(axis), Outer(axis));
        var selected = new float[outer * positions.Count * inner];
        for (var block = 0; block < outer; block++)
        {
            for (var i = 0; i < positions.Count; i++)
            {
                Values.Slice((int)((block * Shape[axis] + positions[i]) * inner), inner)
                    .CopyTo(selected.AsSpan((block * positions.Count + i) * inner));
            }
        }
        return Protos.Tensor(Name, Shape.Select((size, index) => index == axis ? positions.Count : size), selected);
    }

    private int Inner(int axis) => (int)Shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);

    private int Outer(int axis) => (int)Shape.Take(axis).Aggregate(1L, (product, size) => product * size);
}
