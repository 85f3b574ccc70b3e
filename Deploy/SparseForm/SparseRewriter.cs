using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>Puts sparse kernels in the place of layers: nodes of the domain <see cref="SparseKernels.Domain"/> with packed weights.</summary>
/// <remarks>
/// It computes the same, up to the order in which products are added up, wherever inputs are finite: what a weight of 0 makes of an
/// infinite input is 0 then, not NaN.
/// </remarks>
internal static class SparseRewriter
{
    /// <summary>Rewrites a choice of the layers.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="layers">Layers of this very model.</param>
    /// <param name="values">How weights are stored; float32 is exact.</param>
    public static ModelProto Rewrite(ModelProto model, IReadOnlyCollection<SparseLayer> layers, PackedValues values = PackedValues.Float32)
    {
        var result = model.Clone(); // shares the bytes of the weights
        if (layers.Count == 0)
        {
            return result;
        }

        var graph = result.Graph;
        var tensors = new PackedTensors(graph, values);
        var sums = Sums(layers);
        var taken = layers.SelectMany(layer => layer.Nodes).Concat(sums.Values.SelectMany(sum => sum.Nodes)).ToList();
        var replaced = taken.SelectMany(node => node.Output).ToHashSet();
        var layerOf = layers.ToDictionary(layer => sums.GetValueOrDefault(layer)?.Output ?? layer.Output);
        var nodes = new List<NodeProto>();
        foreach (var node in graph.Node)
        {
            if (!node.Output.Any(replaced.Contains))
            {
                nodes.Add(node);
            }
            else if (layerOf.TryGetValue(node.Output[0], out var layer))
            {
                nodes.Add(Node(layer, sums.GetValueOrDefault(layer), tensors)); // where the last of its nodes was: all that it reads is there
            }
        }

        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        GraphEditor.Keep(graph.ValueInfo, value => !replaced.Contains(value.Name) || layerOf.ContainsKey(value.Name));
        RemoveUnread(graph, taken.SelectMany(node => node.Input).ToHashSet());
        if (!result.OpsetImport.Any(import => import.Domain == SparseKernels.Domain))
        {
            result.OpsetImport.Add(new OperatorSetIdProto { Domain = SparseKernels.Domain, Version = 1 });
        }

        return result;
    }

    /// <summary>The sums that layers take over, each by one of the two that it may be behind.</summary>
    private static Dictionary<SparseLayer, LayerSum> Sums(IEnumerable<SparseLayer> layers) =>
        layers.Where(layer => layer.Sum is not null).DistinctBy(layer => layer.Sum!.Output).ToDictionary(layer => layer, layer => layer.Sum!);

    private static NodeProto Node(SparseLayer layer, LayerSum? sum, PackedTensors tensors)
    {
        List<string> inputs = [layer.Input, tensors.Weights(layer), .. sum is null ? Array.Empty<string>() : [sum.Other]];
        if (layer.Bias is { } bias)
        {
            inputs.Add(tensors.Bias(layer, bias));
        }

        var node = Protos.Node(sum is null ? layer.Operator : "SparseConvAdd", layer.Node.Name, inputs, [sum?.Output ?? layer.Output], [.. layer.Attributes]);
        node.Domain = SparseKernels.Domain;
        node.Attribute.Add(Protos.Attribute("outputs", layer.Weights.Rows));
        if (sum?.HasRelu ?? layer.HasRelu)
        {
            node.Attribute.Add(Protos.Attribute("activation", "Relu"));
        }

        return node;
    }

    /// <summary>Removes the tensors that only the replaced nodes read.</summary>
    private static void RemoveUnread(GraphProto graph, HashSet<string> names)
    {
        var index = new GraphIndex(graph);
        GraphEditor.Keep(graph.Initializer, tensor => !names.Contains(tensor.Name) || index.UseCount(tensor.Name) > 0);
        GraphEditor.Keep(graph.Node, node => !GraphIndex.IsConstant(node) || !names.Contains(node.Output[0]) || index.UseCount(node.Output[0]) > 0);
    }
}
