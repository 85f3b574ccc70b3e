using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Quantize.Float16;

/// <summary>The operators that compute in float16, and which of their inputs are numbers rather than sizes.</summary>
/// <remarks>
/// Softmax and its like are not among them: sums of exponentials lose too much. Neither are norms that compute their statistics at run time.
/// </remarks>
internal static class HalfOperators
{
    private static readonly HashSet<string> AllInputs =
    [
        "Add", "AveragePool", "BatchNormalization", "Clip", "Concat", "Conv", "ConvTranspose", "Div", "Elu", "Flatten", "Gemm",
        "GlobalAveragePool", "GlobalMaxPool", "HardSigmoid", "HardSwish", "Identity", "LeakyRelu", "MatMul", "Max", "MaxPool", "Min", "Mul",
        "PRelu", "Relu", "Sigmoid", "Sub", "Tanh", "Transpose",
    ];

    private static readonly HashSet<string> FirstInput = ["Reshape", "Slice", "Split", "Squeeze", "Unsqueeze"];

    private static readonly HashSet<string> OthersOfFloats =
    [
        "Abs", "Celu", "Dropout", "Erf", "Exp", "Expand", "Gather", "Gelu", "GroupNormalization", "InstanceNormalization", "LRN",
        "LayerNormalization", "Log", "LogSoftmax", "Mean", "Mish", "Neg", "Pow", "ReduceMax", "ReduceMean", "ReduceSum", "Resize", "Selu",
        "Softmax", "Softplus", "Softsign", "Sqrt", "Sum", "Tile",
    ];

    /// <summary>Whether the first output of a node is float32 where its first input is.</summary>
    public static bool KeepsType(NodeProto node) => Inputs(node) is not null || (node.IsStandard() && OthersOfFloats.Contains(node.OpType));

    /// <summary>The places of the inputs that become float16; null when the node is to stay as it is.</summary>
    public static IReadOnlyList<int>? Inputs(NodeProto node)
    {
        var isKnown = node.IsStandard() && (node.OpType is not ("MaxPool" or "BatchNormalization") || node.Output.Count == 1);
        int[] all = [.. Enumerable.Range(0, node.Input.Count).Where(place => node.Input[place].Length > 0)];
        return !isKnown ? null
            : AllInputs.Contains(node.OpType) ? all
            : FirstInput.Contains(node.OpType) ? [0]
            : node.OpType == "Pad" ? [.. all.Where(place => place is 0 or 2)]
            : null;
    }
}
