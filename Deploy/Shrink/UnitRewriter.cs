using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>Takes the dead units that an analysis found out of a graph, in place.</summary>
internal sealed class UnitRewriter(GraphProto graph, GraphIndex index, UnitAnalysis analysis)
{
    /// <summary>Rewrites the graph; false when there was nothing to remove and the graph is as it was.</summary>
    public bool Rewrite()
    {
        var changed = analysis.Groups.Where(HasWork).ToList();
        foreach (var connection in analysis.Layers)
        {
            if (changed.Contains(connection.Makes) || (connection.Source is { } source && changed.Contains(source)))
            {
                RewriteLayer(connection);
            }
        }
        foreach (var group in changed)
        {
            foreach (var parameter in group.Parameters)
            {
                SetInput(parameter.Node, parameter.InputIndex, Slice(parameter, group.Kept));
            }
        }
        ForgetShapes(changed.SelectMany(group => group.Values).ToHashSet());
        return changed.Count > 0;
    }

    private static bool HasWork(UnitGroup group)
    {
        if (group.Kept.Count < group.Units || !group.IsInert)
        {
            return group.Kept.Count < group.Units;
        }

        return group.Producers.Any(layer => layer.HasWeight(0, new InputRange(0, layer.Inputs)))
            || group.Consumers.Any(consumer => consumer.Reaches(0));
    }

    private void RewriteLayer(LayerConnection connection)
    {
        var (layer, source, reads, makes) = connection;
        var keptInputs = source is null
            ? Enumerable.Range(0, layer.Inputs)
            : source.Kept.Select(reads!.InputsOf).SelectMany(range => Enumerable.Range(range.First, range.Count));
        var erasesInputs = source?.IsInert ?? false;
        var keptOutputs = makes.Kept;
        SetInput(layer.Node, 1, layer.SelectWeights(
            keptOutputs, [.. keptInputs], output => erasesInputs || makes.IsDead[output], [.. StandIns(source, reads)]));

        float[] bias = [.. keptOutputs.Select(output => (float)FoldedBias(connection, output))];
        if (layer.Bias is not null || bias.Any(value => value != 0))
        {
            SetBias(layer.Node, Protos.Tensor($"{LayerName.Of(layer.Node)}.bias", [bias.Length], bias));
        }
    }

    /// <summary>Constants that this layer cannot fold into its bias; only convolutions pad, so a unit is one input.</summary>
    private static IEnumerable<StandIn> StandIns(UnitGroup? source, UnitConsumer? reads) => source is null || reads is null
        ? []
        : source.StandIns
            .Where(pair => !reads.CanFold(pair.Key))
            .Select(pair => new StandIn(pair.Key, pair.Value, reads.Constants[pair.Key] / reads.Constants[pair.Value]));

    /// <summary>The bias with the contributions of the constant units that go, summed in double precision.</summary>
    private static double FoldedBias(LayerConnection connection, int output)
    {
        var (layer, source, reads, _) = connection;
        double bias = layer.Bias?[output] ?? 0;
        for (var unit = 0; unit < (source?.Units ?? 0); unit++)
        {
            if (source!.IsDead[unit] && reads!.CanFold(unit))
            {
                bias += reads.Constants[unit] * layer.WeightSum(output, reads.InputsOf(unit));
            }
        }
        return bias;
    }

    private void SetBias(NodeProto node, TensorProto bias)
    {
        if (node.OpType == "MatMul")
        {
            node.OpType = "Gemm"; // the same product, with room for a bias
        }

        if (node.Input.Count < 3)
        {
            node.Input.Add("");
        }

        SetInput(node, 2, bias);
    }

    private TensorProto Slice(UnitParameter parameter, IReadOnlyList<int> kept)
    {
        var tensor = index.Constant(parameter.Node.Input[parameter.InputIndex])!;
        var values = TensorData.TryReadFloats(tensor)!; // one entry per unit: the other dimensions are 1
        var shape = tensor.Dims.Select((size, axis) => axis == parameter.Axis ? kept.Count : size);
        return Protos.Tensor(tensor.Name, shape, [.. kept.Select(unit => values[unit])]);
    }

    /// <summary>Gives an input of a node another tensor: under its old name if no one else reads that, else under a new one.</summary>
    private void SetInput(NodeProto node, int inputIndex, TensorProto tensor)
    {
        var oldName = node.Input[inputIndex];
        var position = graph.Initializer.ToList().FindIndex(initializer => initializer.Name == oldName);
        if (oldName.Length > 0 && position >= 0 && index.UseCount(oldName) == 1)
        {
            tensor.Name = oldName;
            graph.Initializer[position] = tensor;
            return;
        }
        tensor.Name = UnusedName(oldName.Length > 0 ? oldName : tensor.Name);
        node.Input[inputIndex] = tensor.Name;
        graph.Initializer.Add(tensor);
    }

    private string UnusedName(string wanted)
    {
        var taken = graph.Initializer.Select(tensor => tensor.Name)
            .Concat(graph.Node.SelectMany(node => node.Input.Concat(node.Output)))
            .Concat(graph.Input.Select(input => input.Name))
            .ToHashSet();
        return Enumerable.Range(0, int.MaxValue)
            .Select(number => number == 0 ? wanted : $"{wanted}.{number}")
            .First(name => !taken.Contains(name));
    }

    private void ForgetShapes(HashSet<string> changedValues)
    {
        foreach (var stale in graph.ValueInfo.Where(value => changedValues.Contains(value.Name)).ToList())
        {
            graph.ValueInfo.Remove(stale);
        }
    }
}
