using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>The operators that are understood. Understanding another one is one more line in the table.</summary>
internal static class ChannelOperators
{
    private delegate ChannelOperator? Reader(NodeProto node, ChannelGraph graph);

    private static readonly Dictionary<string, Reader> Readers = new()
    {
        ["Gemm"] = LinearOperator.TryRead,
        ["MatMul"] = LinearOperator.TryRead,
        ["Conv"] = LinearOperator.TryRead,
        ["ConvTranspose"] = LinearOperator.TryRead,
        ["BatchNormalization"] = Normalization.Batch,
        ["InstanceNormalization"] = Normalization.Instance,
        ["MaxPool"] = Pooling.Max,
        ["AveragePool"] = Pooling.Average,
        ["GlobalAveragePool"] = Pooling.Global,
        ["GlobalMaxPool"] = Pooling.Global,
        ["ReduceMean"] = Pooling.Reduction,
        ["ReduceMax"] = Pooling.Reduction,
        ["ReduceMin"] = Pooling.Reduction,
        ["Resize"] = Pooling.Resize,
        ["Upsample"] = Pooling.Resize,
        ["Concat"] = Concatenation.TryRead,
        ["Split"] = Partition.Split,
        ["Slice"] = Partition.Slice,
        ["Pad"] = Rearrangement.Pad,
        ["Gather"] = Rearrangement.Gather,
        ["Flatten"] = Reshaping.Flatten,
        ["Reshape"] = Reshaping.Reshape,
        ["Squeeze"] = Reshaping.Squeeze,
        ["Unsqueeze"] = Reshaping.Unsqueeze,
        ["Transpose"] = Reshaping.Transpose,
    };

    static ChannelOperators()
    {
        foreach (var name in Elementwise.Names)
        {
            Readers[name] = Elementwise.TryRead;
        }

        foreach (var name in Combination.Names)
        {
            Readers[name] = Combination.TryRead;
        }
    }

    /// <summary>What a node does to channels; null when it mixes them or uses a feature that is not understood.</summary>
    public static ChannelOperator? TryRead(NodeProto node, ChannelGraph graph) =>
        node.IsStandard() && node.Output.Count > 0 && node.Output[0].Length > 0 && Readers.TryGetValue(node.OpType, out var read)
            ? read(node, graph)
            : null;
}
