using Onnx;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Layers of a model that run on sparse kernels.</summary>
internal static class SparseLayers
{
    /// <summary>The names of the nodes of our domain, those within other nodes' graphs included.</summary>
    public static IEnumerable<string> NamesIn(GraphProto graph) => graph.Node.SelectMany(node =>
        node.Domain == SparseKernels.Domain ? [node.Name] : node.Attribute.SelectMany(Graphs).SelectMany(NamesIn));

    private static IEnumerable<GraphProto> Graphs(AttributeProto attribute) => attribute.G is { } single ? [single, .. attribute.Graphs] : attribute.Graphs;
}
