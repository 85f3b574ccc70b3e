using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>Removes from a model the units that do nothing, without changing what it computes.</summary>
/// <remarks>
/// A unit (an output feature of Gemm or MatMul, an output channel of Conv) goes when its value never changes, the constant
/// moving into the next bias, or when nothing needed reads it. In front of a convolution with padding, where a bias cannot
/// take over a constant, one constant channel stays and stands in for the others. The graph's inputs and outputs keep their
/// shapes and every layer at least one unit. Operators that are not understood, and what feeds them, are left as they are.
/// </remarks>
public static class ModelShrinker
{
    private const long OldestOperatorSet = 7; // before it, Gemm and Add broadcast by attributes

    /// <summary>Shrinks until nothing changes. Constants are folded in double precision; all other weights keep their bits.</summary>
    /// <param name="model">Not changed.</param>
    /// <exception cref="ArgumentException">The model has no graph.</exception>
    public static ShrinkResult Shrink(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Graph is null)
        {
            throw new ArgumentException("The model has no graph.", nameof(model));
        }

        var shrunk = model.Clone();
        if (!model.OpsetImport.Any(import => import.Domain is "" or "ai.onnx" && import.Version >= OldestOperatorSet))
        {
            return new ShrinkResult(shrunk, [], 0);
        }

        var readBefore = ReadConstants(shrunk.Graph);
        var before = FindLayers(shrunk.Graph);
        var rounds = 0;
        while (RemoveDeadUnits(shrunk.Graph))
        {
            rounds++;
        }

        RemoveConstants(shrunk.Graph, readBefore.Except(ReadConstants(shrunk.Graph)).ToHashSet());

        var after = FindLayers(shrunk.Graph).ToDictionary(layer => (object)layer.Node, ReferenceEqualityComparer.Instance);
        var layers = before.Select(layer => Compare(layer, after[layer.Node]));
        return new ShrinkResult(shrunk, [.. layers], rounds);
    }

    private static bool RemoveDeadUnits(GraphProto graph)
    {
        var index = new GraphIndex(graph);
        return new UnitRewriter(graph, index, new UnitAnalysis(index)).Rewrite();
    }

    private static List<LinearLayer> FindLayers(GraphProto graph) =>
        [.. new UnitAnalysis(new GraphIndex(graph)).Layers.Select(connection => connection.Layer)];

    private static LayerShrinkage Compare(LinearLayer before, LinearLayer after) =>
        new(LayerName.Of(after.Node), after.Node.OpType, before.Outputs, after.Outputs, before.ParameterCount, after.ParameterCount);

    private static HashSet<string> ReadConstants(GraphProto graph)
    {
        var index = new GraphIndex(graph);
        return [.. graph.Node.SelectMany(GraphIndex.Reads).Where(name => index.Constant(name) is not null)];
    }

    /// <summary>Removes what only the removed units read; what was never read in the first place stays as it was.</summary>
    private static void RemoveConstants(GraphProto graph, HashSet<string> names)
    {
        foreach (var tensor in graph.Initializer.Where(tensor => names.Contains(tensor.Name)).ToList())
        {
            graph.Initializer.Remove(tensor);
        }

        foreach (var node in graph.Node.Where(node => node.OpType == "Constant" && names.Contains(node.Output[0])).ToList())
        {
            graph.Node.Remove(node);
        }
    }
}
