using Onnx;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>What to call a layer when talking to people.</summary>
internal static class LayerName
{
    /// <summary>What the name of a weight has behind that of its layer.</summary>
    public const string WeightSuffix = ".weight";

    /// <summary>The name of its weight without ".weight" (the module's path), else the node's name, else the weight's.</summary>
    public static string Of(NodeProto node) => Of(node, node.Input[1]);

    /// <summary>As above, where the node reads its weight under another name than the weight's own.</summary>
    public static string Of(NodeProto node, string weight) =>
        weight.EndsWith(WeightSuffix, StringComparison.Ordinal) ? weight[..^WeightSuffix.Length]
        : node.Name.Length > 0 ? node.Name
        : weight;
}
