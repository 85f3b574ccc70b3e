using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>A node that computes weighted sums of what it reads: a convolution, or a product with a matrix of weights.</summary>
internal sealed record WeightLayer
{
    public required NodeProto Node { get; init; }

    public required WeightOperand Operand { get; init; }

    /// <summary>Whether the weight's first axis is that of the outputs; else it is that of the inputs.</summary>
    public required bool OutputsComeFirst { get; init; }

    /// <summary>Groups of channels that do not read each other's.</summary>
    public required long Groups { get; init; }

    /// <summary>Whether the kernel is put to every place of what it reads rather than of what it computes.</summary>
    public bool IsTransposed { get; init; }

    public StoredWeight Weight => Operand.Stored;

    public string Name => LayerName.Of(Node, Weight.Name);

    public bool IsConvolution => Weight.Shape.Count > 2;

    /// <summary>Sizes of the weight: its first axis, its second, and the kernel.</summary>
    public (long First, long Second, long Kernel) Sizes => (Weight.Shape[0], Weight.Shape[1], Weight.Shape.Skip(2).Aggregate(1L, (product, size) => product * size));

    /// <summary>The value that has an entry for every place and channel.</summary>
    public string PlacesIn => IsTransposed ? Node.Input[0] : Node.Output[0];

    /// <summary>The layer that a node is; null when it is something else.</summary>
    public static WeightLayer? TryRead(NodeProto node, ModelConstants constants)
    {
        if (node.Input.Count == 0 || node.Output.Count == 0)
        {
            return null;
        }

        if (constants.Packed(node) is { } packed)
        {
            return new() { Node = node, Operand = new WeightOperand(packed, false, default), OutputsComeFirst = true, Groups = Math.Max(1, node.IntOr("group", 1)) };
        }

        if (!node.IsStandard())
        {
            return null;
        }

        return node.OpType switch
        {
            "Conv" or "ConvInteger" or "QLinearConv" => Convolution(outputsComeFirst: true),
            "ConvTranspose" => Convolution(outputsComeFirst: false),
            "Gemm" => Matrix(1, node.IntOr("transB", 0) != 0) ?? Matrix(0, node.IntOr("transA", 0) == 0),
            "MatMul" => Matrix(1, outputsComeFirst: false) ?? Matrix(0, outputsComeFirst: true),
            "MatMulInteger" or "QLinearMatMul" => Matrix(1, outputsComeFirst: false),
            _ => null,
        };

        WeightLayer? Convolution(bool outputsComeFirst) =>
            WeightOperand.TryRead(node, 1, constants) is { Stored.Shape: { Count: > 2 } shape } operand
            && node.IntOr("group", 1) is > 0 and var groups && shape[0] % groups == 0
                ? new() { Node = node, Operand = operand, OutputsComeFirst = outputsComeFirst, Groups = groups, IsTransposed = !outputsComeFirst }
                : null;

        WeightLayer? Matrix(int input, bool outputsComeFirst) => WeightOperand.TryRead(node, input, constants) is { Stored.Shape.Count: 2 } operand
            ? new() { Node = node, Operand = operand, OutputsComeFirst = outputsComeFirst != operand.IsTurned, Groups = 1 }
            : null;
    }
}
