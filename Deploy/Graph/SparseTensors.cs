using Google.Protobuf;
using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Sparse initializers, ONNX's way to store a tensor as its non-zeros.</summary>
internal static class SparseTensors
{
    /// <summary>A copy of a model whose sparse initializers are dense ones of the same name, as ONNX Runtime makes them too.</summary>
    /// <param name="model">Not changed; the copy shares the bytes of its tensors.</param>
    /// <remarks>One of a type that is not kept as bytes stays as it is, and counts as no constant.</remarks>
    public static ModelProto ToDense(ModelProto model)
    {
        var copy = model.Clone();
        foreach (var sparse in copy.Graph.SparseInitializer.ToList())
        {
            if (Dense(sparse) is { } dense)
            {
                copy.Graph.SparseInitializer.Remove(sparse);
                copy.Graph.Initializer.Add(dense);
            }
        }

        return copy;
    }

    private static TensorProto? Dense(SparseTensorProto sparse)
    {
        var dense = new TensorProto { Name = sparse.Values.Name, DataType = sparse.Values.DataType };
        dense.Dims.AddRange(sparse.Dims);
        if (SparsePositions.TryRead(sparse) is not { } positions || TensorData.TryReadBytes(sparse.Values) is not { } values
            || TensorSize.RawBytes(dense) is not (>= 0 and var size) || size > Array.MaxLength)
        {
            return null;
        }

        var bytes = new byte[size];
        var width = positions.Length == 0 ? 0 : values.Length / positions.Length;
        for (var i = 0; i < positions.Length; i++)
        {
            values.Span.Slice(i * width, width).CopyTo(bytes.AsSpan((int)(positions[i] * width)));
        }

        dense.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        return dense;
    }
}
