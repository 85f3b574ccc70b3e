using Google.Protobuf;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>How one tensor is stored.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Zeros">How many of them are zero.</param>
/// <param name="DenseBytes">What it takes in the file with all of its entries.</param>
/// <param name="SparseBytes">What it takes as its non-zeros and their places.</param>
/// <param name="IsSparse">Which of the two was chosen: the smaller.</param>
public sealed record TensorChoice(string Name, IReadOnlyList<long> Shape, long Entries, long Zeros, long DenseBytes, long SparseBytes, bool IsSparse);

/// <summary>Stores each tensor of a model in the smaller of two ways: all entries, or the non-zeros and their places.</summary>
/// <remarks>
/// A place is a row-major number, which Protobuf writes in one byte for every seven bits. So a tensor of a million float32 entries takes
/// 7 bytes for each that is not zero, and pays from 43 % zeros on. ONNX Runtime makes the tensor dense when it loads the model, for any
/// operator: the file is smaller, memory and speed stay the same. Only entries with all bits zero are left out. Operator sets before 11
/// have no such constants; their models stay as they are.
/// </remarks>
internal static class SparseWeights
{
    private const long LeastBytes = 64;
    private const long FirstWithSparseTensors = 5; // version of the file format

    /// <summary>The model with the smaller form of every tensor, and what was chosen.</summary>
    /// <param name="model">Not changed.</param>
    public static (ModelProto Model, IReadOnlyList<TensorChoice> Tensors) Apply(ModelProto model)
    {
        var copy = SparseTensors.ToDense(model);
        var inputs = copy.Graph.Input.Select(input => input.Name).ToHashSet(); // their tensors are defaults that a caller may replace
        var tensors = new List<TensorChoice>();
        var nodes = new List<NodeProto>();
        var candidates = OperatorSets.Version(copy) >= SparseTensors.OldestOperatorSet ? copy.Graph.Initializer.Where(tensor => !inputs.Contains(tensor.Name)) : [];
        foreach (var dense in candidates.ToList())
        {
            if (Sparse(dense) is not { } sparse)
            {
                continue;
            }

            var node = SparseTensors.ToNode(dense.Name, sparse);
            var (denseBytes, sparseBytes, entries) = ((long)dense.CalculateSize(), (long)node.CalculateSize(), TensorData.ElementCount(dense));
            var isSparse = sparseBytes < denseBytes;
            tensors.Add(new TensorChoice(dense.Name, dense.Dims, entries, entries - sparse.Indices.Int64Data.Count, denseBytes, sparseBytes, isSparse));
            if (isSparse)
            {
                copy.Graph.Initializer.Remove(dense);
                nodes.Add(node);
                copy.IrVersion = Math.Max(copy.IrVersion, FirstWithSparseTensors);
            }
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            copy.Graph.Node.Insert(i, nodes[i]); // in front of everyone who reads them
        }

        return (copy, tensors);
    }

    /// <summary>The non-zeros of a tensor; null where it is small, or of a type that is not kept as bytes.</summary>
    private static SparseTensorProto? Sparse(TensorProto dense)
    {
        var count = TensorData.ElementCount(dense);
        if (count < 1 || dense.Dims.Count == 0 || TensorData.TryReadBytes(dense) is not { Length: >= (int)LeastBytes } bytes || bytes.Length % count != 0)
        {
            return null;
        }

        var width = (int)(bytes.Length / count);
        var positions = new List<long>();
        for (var i = 0; i < count; i++)
        {
            if (bytes.Span.Slice(i * width, width).ContainsAnyExcept((byte)0))
            {
                positions.Add(i);
            }
        }

        var values = new byte[positions.Count * width];
        for (var i = 0; i < positions.Count; i++)
        {
            bytes.Span.Slice((int)positions[i] * width, width).CopyTo(values.AsSpan(i * width));
        }

        var sparse = new SparseTensorProto
        {
            Values = new TensorProto { Name = dense.Name, DataType = dense.DataType, RawData = UnsafeByteOperations.UnsafeWrap(values) },
            Indices = Protos.Tensor("", positions),
        };
        sparse.Values.Dims.Add(positions.Count);
        sparse.Dims.AddRange(dense.Dims);
        return sparse;
    }
}
