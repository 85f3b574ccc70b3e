using Onnx;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Graph;

/// <summary>The tensors of a graph that anything reads.</summary>
internal static class ReadConstants
{
    /// <summary>Their names.</summary>
    public static HashSet<string> In(GraphProto graph)
    {
        var index = new GraphIndex(graph);
        return [.. graph.Node.SelectMany(GraphIndex.Reads).Concat(index.Outputs).Where(name => index.Constant(name) is not null)];
    }

    /// <summary>Removes the tensors that were read once and no longer are; what was never read in the first place stays as it was.</summary>
    /// <param name="graph">Changed.</param>
    /// <param name="readBefore">What <see cref="In"/> gave before; names of tensors that came since may be among them.</param>
    public static void RemoveUnread(GraphProto graph, IEnumerable<string> readBefore)
    {
        var names = readBefore.Except(In(graph)).ToHashSet();
        GraphEditor.Keep(graph.Initializer, tensor => !names.Contains(tensor.Name));
        GraphEditor.Keep(graph.Node, node => !GraphIndex.IsConstant(node) || !names.Contains(node.Output[0]));
    }
}
