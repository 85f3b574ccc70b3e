using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Optimize.Folding;

/// <summary>Removes nodes that pass on their input as it is.</summary>
internal static class NoOperations
{
    /// <summary>Removes them; whether there were any.</summary>
    /// <param name="graph">Changed.</param>
    public static bool Remove(GraphProto graph)
    {
        var removed = 0;
        var index = new GraphIndex(graph);
        foreach (var node in graph.Node.ToList())
        {
            if (IsNoOperation(node, index) && (PassInput(node, graph, index) || TakeOverOutput(node, graph, index)))
            {
                graph.Node.Remove(node);
                index = new GraphIndex(graph);
                removed++;
            }
        }

        return removed > 0;
    }

    private static bool IsNoOperation(NodeProto node, GraphIndex index) => node.IsStandard() && node.Input.Count > 0 && node.Output.Count(name => name.Length > 0) == 1
        && node.OpType switch
        {
            "Identity" => true,
            "Dropout" => node.InputOrNull(2) is null, // input 2 can switch training on
            "Transpose" => node.IntsOrEmpty("perm") is { Count: > 0 } order && order.SequenceEqual(Enumerable.Range(0, order.Count).Select(axis => (long)axis)),
            "Pad" => (node.Find("pads")?.Ints.ToArray() ?? Integers(index, node.InputOrNull(1))) is { } pads && Array.TrueForAll(pads, size => size == 0),
            _ => false,
        };

    private static long[]? Integers(GraphIndex index, string? name) => index.Constant(name) is { } tensor ? TensorData.TryReadIntegers(tensor) : null;

    /// <summary>Everyone reads the input instead of the output, unless that leaves the graph or is read by a graph within.</summary>
    private static bool PassInput(NodeProto node, GraphProto graph, GraphIndex index)
    {
        var (input, output) = (node.Input[0], node.Output[0]);
        var readers = graph.Node.Where(reader => reader.Input.Contains(output)).ToList();
        if (index.UseCount(output) != readers.Sum(reader => reader.Input.Count(name => name == output)))
        {
            return false;
        }

        foreach (var reader in readers)
        {
            for (var i = 0; i < reader.Input.Count; i++)
            {
                reader.Input[i] = reader.Input[i] == output ? input : reader.Input[i];
            }
        }

        Forget(graph, output);
        return true;
    }

    /// <summary>The node before gives its value the name of the output, if no one else reads it.</summary>
    private static bool TakeOverOutput(NodeProto node, GraphProto graph, GraphIndex index)
    {
        var (input, output) = (node.Input[0], node.Output[0]);
        if (index.UseCount(input) != 1 || index.Constant(input) is not null
            || graph.Node.FirstOrDefault(other => other.Output.Contains(input)) is not { } producer)
        {
            return false;
        }

        producer.Output[producer.Output.IndexOf(input)] = output;
        Forget(graph, input);
        return true;
    }

    private static void Forget(GraphProto graph, string value) => GraphEditor.Keep(graph.ValueInfo, known => known.Name != value);
}
