using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Typed reading of node attributes, with the defaults that the operator's specification gives.</summary>
internal static class NodeAttributes
{
    public static AttributeProto? Find(this NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    public static long IntOr(this NodeProto node, string name, long fallback) => node.Find(name)?.I ?? fallback;

    public static float FloatOr(this NodeProto node, string name, float fallback) => node.Find(name)?.F ?? fallback;

    public static string TextOr(this NodeProto node, string name, string fallback) => node.Find(name)?.S.ToStringUtf8() ?? fallback;

    public static IReadOnlyList<long> IntsOrEmpty(this NodeProto node, string name) => node.Find(name)?.Ints ?? (IReadOnlyList<long>)[];

    /// <summary>The name of an input; null when the node has no such input or leaves it out.</summary>
    public static string? InputOrNull(this NodeProto node, int index) =>
        index < node.Input.Count && node.Input[index].Length > 0 ? node.Input[index] : null;

    /// <summary>Whether the operator is one of the ONNX standard itself rather than an extension's.</summary>
    public static bool IsStandard(this NodeProto node) => node.Domain is "" or "ai.onnx";
}
