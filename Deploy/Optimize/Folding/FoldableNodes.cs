using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Optimize.Folding;

/// <summary>Which nodes can be computed once and for all, in bounded memory.</summary>
internal static class FoldableNodes
{
    private const long MostEntries = 1 << 26;
    private const long MostFilled = 1024;

    // Random numbers differ from run to run, and ONNX Runtime looks for the quantised form of weights.
    private static readonly HashSet<string> Never =
    [
        "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli", "Dropout", "QuantizeLinear",
        "DequantizeLinear", "DynamicQuantizeLinear",
        "Expand", "Tile", "Range", "EyeLike", "OneHot", "Resize", "Upsample", "Pad", "Loop", "Scan", "If",
    ];

    private static readonly HashSet<string> EntryByEntry =
    [
        "Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Sum", "Mean", "Mod", "PRelu", "Where", "Equal", "Less", "LessOrEqual", "Greater",
        "GreaterOrEqual", "And", "Or", "Xor", "Not", "Neg", "Abs", "Sqrt", "Exp", "Log", "Reciprocal", "Erf", "Sigmoid", "Tanh", "Relu", "Clip",
        "Floor", "Ceil", "Round", "Sign", "Cast", "Identity",
    ];

    private static readonly HashSet<string> NoMoreThanTheyRead =
    [
        "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose", "Slice", "Concat", "Split", "Shape", "Size", "ReduceSum", "ReduceMean",
        "ReduceMax", "ReduceMin", "ReduceProd", "ArgMax", "ArgMin", "Softmax", "LogSoftmax", "NonZero",
    ];

    /// <summary>Whether a node reads constants only, gives the same every time, and does not fill much more memory than it reads.</summary>
    public static bool CanFold(NodeProto node, GraphIndex index)
    {
        if (!node.IsStandard() || Never.Contains(node.OpType) || node.Attribute.Any(attribute => attribute.G is not null)
            || node.Output.Any(output => index.Outputs.Contains(output)))
        {
            return false;
        }

        if (node.OpType == "Constant")
        {
            return !GraphIndex.IsConstant(node); // one that holds a number, a list or a sparse tensor
        }

        var tensors = node.Input.Where(name => name.Length > 0).Select(index.Constant).ToList();
        return tensors.Count > 0 && tensors.TrueForAll(tensor => tensor is not null) && EntriesAtMost(node, tensors!) is >= 0 and <= MostEntries;
    }

    /// <summary>A bound on the entries of what a node computes.</summary>
    private static double EntriesAtMost(NodeProto node, IReadOnlyList<TensorProto> inputs) => node.OpType switch
    {
        "ConstantOfShape" => TensorData.TryReadIntegers(inputs[0]) is { } sizes && TensorSize.ElementCount(sizes) is >= 0 and <= MostFilled and var count ? count : double.MaxValue,
        var name when EntryByEntry.Contains(name) => Broadcast(inputs),
        var name when NoMoreThanTheyRead.Contains(name) => inputs.Sum(tensor => (double)TensorData.ElementCount(tensor)),
        _ => inputs.Aggregate(1.0, (product, tensor) => product * TensorData.ElementCount(tensor)), // products and look-ups
    };

    private static double Broadcast(IReadOnlyList<TensorProto> inputs)
    {
        var entries = 1.0;
        for (var place = 1; place <= inputs.Max(tensor => tensor.Dims.Count); place++)
        {
            entries *= inputs.Max(tensor => tensor.Dims.Count >= place ? tensor.Dims[^place] : 1);
        }

        return entries;
    }
}
