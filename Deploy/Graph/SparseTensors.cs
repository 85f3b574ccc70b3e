using Google.Protobuf;
using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>ONNX's ways to store a tensor as its non-zeros: sparse initializers, and Constant nodes with a sparse value.</summary>
/// <remarks>
/// ONNX Runtime makes both dense when it loads a model. By the rules of ONNX a sparse initializer has a type of its own, which no standard
/// operator reads; what a Constant node gives is an ordinary tensor. So the latter is what strict checkers accept, and what is written.
/// </remarks>
internal static class SparseTensors
{
    private const string SparseValue = "sparse_value";

    /// <summary>The first operator set whose Constant can be sparse.</summary>
    public const long OldestOperatorSet = 11;

    /// <summary>The sparse tensor that a node gives; null if it is no such node.</summary>
    public static SparseTensorProto? Of(NodeProto node) =>
        node.OpType == "Constant" && node.IsStandard() && node.Output.Count == 1 ? node.Find(SparseValue)?.SparseTensor : null;

    /// <summary>A node that gives a sparse tensor under a name.</summary>
    public static NodeProto ToNode(string name, SparseTensorProto sparse) => Protos.Node(
        "Constant", name, [], [name], new AttributeProto { Name = SparseValue, Type = AttributeProto.Types.AttributeType.SparseTensor, SparseTensor = sparse });

    /// <summary>A copy of a model whose sparse tensors are dense initializers of the same names.</summary>
    /// <param name="model">Not changed; the copy shares the bytes of its tensors.</param>
    /// <remarks>One of a type that is not kept as bytes stays as it is, and counts as no constant.</remarks>
    public static ModelProto ToDense(ModelProto model)
    {
        var copy = model.Clone();
        foreach (var sparse in copy.Graph.SparseInitializer.ToList())
        {
            if (Dense(sparse.Values.Name, sparse) is { } dense)
            {
                copy.Graph.SparseInitializer.Remove(sparse);
                copy.Graph.Initializer.Add(dense);
            }
        }

        foreach (var node in copy.Graph.Node.ToList())
        {
            if (Of(node) is { } sparse && Dense(node.Output[0], sparse) is { } dense)
            {
                copy.Graph.Node.Remove(node);
                copy.Graph.Initializer.Add(dense);
            }
        }

        return copy;
    }

    private static TensorProto? Dense(string name, SparseTensorProto sparse)
    {
        var dense = new TensorProto { Name = name, DataType = sparse.Values.DataType };
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
