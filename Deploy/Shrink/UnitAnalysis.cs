using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>Finds the units of a graph that do nothing: forward which are constant, backward which nobody needs.</summary>
internal sealed class UnitAnalysis
{
    private readonly GraphIndex graph;
    private readonly Dictionary<string, UnitValue> values = [];

    /// <summary>A value of known rank whose dimension 1 runs over a group's units; no group when they are the graph's input.</summary>
    private sealed record UnitValue(UnitGroup? Group, int Rank, double[] Constants);

    public UnitAnalysis(GraphIndex graph)
    {
        this.graph = graph;
        foreach (var (name, rank) in graph.Inputs.Where(input => input.Rank is not null))
        {
            values[name] = new UnitValue(null, rank!.Value, []);
        }

        foreach (var node in graph.Nodes)
        {
            Visit(node);
        }

        foreach (var output in graph.Outputs)
        {
            Freeze(output);
        }

        foreach (var group in Enumerable.Reverse(Groups))
        {
            DeadUnits.Mark(group);
        }
    }

    /// <summary>All groups, each before those that are computed from it.</summary>
    public List<UnitGroup> Groups { get; } = [];

    /// <summary>The layers that were understood, in the order of the graph.</summary>
    public List<LayerConnection> Layers { get; } = [];

    private void Visit(NodeProto node)
    {
        if (LinearLayer.TryRead(node, graph) is { } layer && TryPassLayer(layer))
        {
            return;
        }

        if (TryPassUnitwise(node))
        {
            return;
        }

        foreach (var name in GraphIndex.Reads(node))
        {
            Freeze(name);
        }
    }

    private bool TryPassLayer(LinearLayer layer)
    {
        var input = values.GetValueOrDefault(layer.Node.Input[0]);
        if (layer.Node.OpType == "MatMul" && input?.Rank != 2)
        {
            return false; // more dimensions: units are not dimension 1
        }

        var group = input?.Group;
        if (group is not null && (input!.Rank != layer.Rank || layer.Inputs % group.Units != 0 || (layer.Rank > 2 && layer.Inputs != group.Units)))
        {
            return false;
        }

        var output = new UnitGroup(layer.Outputs);
        output.Producers.Add(layer);
        var consumer = group is null ? null : new UnitConsumer(layer, input!.Constants, output);
        if (consumer is not null)
        {
            group!.Consumers.Add(consumer);
        }

        Groups.Add(output);
        Layers.Add(new LayerConnection(layer, group, consumer, output));
        Record(layer.Node.Output[0], new UnitValue(output, layer.Rank, [.. ConstantOutputs(layer, consumer)]));
        return true;
    }

    private bool TryPassUnitwise(NodeProto node)
    {
        var carrier = node.Input.FirstOrDefault(values.ContainsKey);
        if (carrier is null || UnitwiseOperators.TryRead(node, values[carrier].Rank, graph) is not { } step)
        {
            return false;
        }

        var input = values[carrier];
        if (node.Input[step.InputIndex] != carrier || step.Parameters.Any(parameter => !Fits(parameter, input.Group)))
        {
            return false;
        }

        var constants = input.Constants.Select((value, unit) => FiniteOrNaN(step.MapConstant(unit, value)));
        input.Group?.Parameters.AddRange(step.Parameters);
        Record(node.Output[0], new UnitValue(input.Group, step.OutputRank, [.. constants]));
        return true;
    }

    private void Record(string name, UnitValue value)
    {
        values[name] = value;
        value.Group?.Values.Add(name);
    }

    private void Freeze(string name)
    {
        if (values.GetValueOrDefault(name)?.Group is { } group)
        {
            group.IsFrozen = true;
        }
    }

    private bool Fits(UnitParameter parameter, UnitGroup? group) =>
        group is null || graph.Constant(parameter.Node.Input[parameter.InputIndex])!.Dims[parameter.Axis] == group.Units;

    /// <summary>Per output its value if all that varies reaches it with weight zero; else NaN.</summary>
    private static IEnumerable<double> ConstantOutputs(LinearLayer layer, UnitConsumer? consumer)
    {
        for (var output = 0; output < layer.Outputs; output++)
        {
            double value = layer.Bias?[output] ?? 0;
            if (consumer is null)
            {
                value = layer.HasWeight(output, new InputRange(0, layer.Inputs)) ? double.NaN : value;
            }

            for (var unit = 0; unit < (consumer?.Constants.Length ?? 0) && !double.IsNaN(value); unit++)
            {
                if (layer.HasWeight(output, consumer!.InputsOf(unit)))
                {
                    value = consumer.CanFold(unit) ? value + consumer.Constants[unit] * layer.WeightSum(output, consumer.InputsOf(unit)) : double.NaN;
                }
            }
            yield return FiniteOrNaN(value);
        }
    }

    private static double FiniteOrNaN(double value) => double.IsFinite(value) ? value : double.NaN;
}
