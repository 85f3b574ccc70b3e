using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>What ONNX Runtime's processor kernels do with eight-bit codes, beside the weighted sums.</summary>
internal static class IntegerOperators
{
    // Fused with the Dequantize- and QuantizeLinear around them into the QLinear operator of the same name.
    private static readonly HashSet<string> Computing =
        ["Add", "Mul", "Concat", "AveragePool", "GlobalAveragePool", "LeakyRelu", "Sigmoid"];

    // They put the codes of their first input into another place; the other inputs say where.
    private static readonly HashSet<string> Moving =
        ["MaxPool", "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Slice", "Split", "Identity", "Pad"];

    /// <summary>Whether a node computes new codes from those of its inputs, all of which are float32 data.</summary>
    public static bool Computes(NodeProto node) =>
        node.IsStandard() && Computing.Contains(node.OpType) && node.IntsOrEmpty("dilations").All(step => step == 1);

    /// <summary>Whether a node only moves the codes of its first input about, or chooses among them.</summary>
    public static bool Moves(NodeProto node, GraphIndex index) =>
        node.IsStandard() && Moving.Contains(node.OpType) && node.Output.All(output => output.Length > 0)
        && (node.OpType != "MaxPool" || node.Output.Count == 1)
        && (node.OpType != "Pad" || PadsWithZeros(node, index));

    /// <summary>Whether a node cuts off values, which the saturation of codes does as well: Relu, or Clip between constants.</summary>
    public static bool Saturates(NodeProto node, GraphIndex index) =>
        node.IsStandard() && (node.OpType == "Relu" || (node.OpType == "Clip" && node.Input.Skip(1).All(name => name.Length == 0 || index.Constant(name) is not null)));

    private static bool PadsWithZeros(NodeProto node, GraphIndex index) =>
        node.TextOr("mode", "constant") == "constant"
        && node.InputOrNull(3) is null
        && (node.InputOrNull(2) is not { } value || index.ConstantFloats(value) is [0f]);
}
