using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Optimize.Folding;

/// <summary>Nodes that read nothing but constants are computed by ONNX Runtime itself, and leave their results as tensors.</summary>
/// <remarks>
/// Never what makes the file larger (a node that fills, repeats or widens its input), what draws random numbers, and the quantised form
/// of weights. What it computes stays in the model only where another node needs it.
/// </remarks>
internal static class ConstantFolding
{
    private const long SmallBytes = 4096; // results of up to this size are worth their room in any case

    /// <summary>Folds until nothing changes; whether anything did.</summary>
    /// <param name="model">Changed.</param>
    public static bool Apply(ModelProto model)
    {
        var changed = false;
        var refused = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        while (true)
        {
            var index = new GraphIndex(model.Graph);
            var ready = model.Graph.Node.Where(node => !refused.Contains(node) && FoldableNodes.CanFold(node, index)).ToList();
            if (ready.Count == 0)
            {
                return changed;
            }

            var results = ConstantEvaluator.Run(model, ready, index);
            foreach (var node in ready)
            {
                if (results.GetValueOrDefault(node) is { } tensors && IsWorthIt(node, tensors, index))
                {
                    Replace(node, tensors, model.Graph);
                    changed = true;
                }
                else
                {
                    refused.Add(node);
                }
            }
        }
    }

    /// <summary>Small results, or ones no larger than the tensors that go when no one else reads them.</summary>
    private static bool IsWorthIt(NodeProto node, IReadOnlyList<TensorProto> results, GraphIndex index)
    {
        var freed = node.Input.Where(name => name.Length > 0 && index.UseCount(name) == 1).Sum(name => TensorSize.RawBytes(index.Constant(name)!) ?? 0);
        return results.Sum(tensor => (long)tensor.RawData.Length) <= Math.Max(SmallBytes, freed);
    }

    private static void Replace(NodeProto node, IReadOnlyList<TensorProto> results, GraphProto graph)
    {
        graph.Node.Remove(node);
        graph.Initializer.AddRange(results);
        var names = results.Select(tensor => tensor.Name).ToHashSet();
        GraphEditor.Keep(graph.ValueInfo, value => !names.Contains(value.Name));
    }
}
