using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink.Operators;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>
/// The channels of a graph: node by node which belong together and which are constant, then backwards which are needed. What
/// an operator that is not understood reads, and what leaves the graph, is needed as a whole.
/// </summary>
internal sealed class ChannelGraph
{
    private readonly Dictionary<string, ChannelValue> values = [];
    private readonly Dictionary<string, SizeTensor> sizes = [];
    private readonly Dictionary<string, ChannelOperator> producers = [];
    private readonly Dictionary<string, Dimension[]> declared = [];
    private readonly HashSet<string> unknown = [];

    public ChannelGraph(GraphProto graph, long operatorSet)
    {
        Graph = graph;
        OperatorSet = operatorSet;
        Index = new GraphIndex(graph);
        foreach (var value in graph.ValueInfo)
        {
            if (Dimension.Declared(value) is { } shape)
            {
                declared[value.Name] = shape;
            }
        }

        foreach (var input in graph.Input)
        {
            AddOpaque(input.Name, Dimension.Declared(input));
        }

        foreach (var node in graph.Node.Where(node => !GraphIndex.IsConstant(node)))
        {
            Visit(node);
        }

        // A graph out of order may read a value before it is known what that is.
        foreach (var name in unknown.Concat(graph.Output.Select(output => output.Name)))
        {
            Value(name)?.NeedAll();
        }

        foreach (var step in Enumerable.Reverse(Operators))
        {
            step.PropagateNeeds();
        }
    }

    public GraphProto Graph { get; }

    /// <summary>The version of the standard operators.</summary>
    public long OperatorSet { get; }

    public GraphIndex Index { get; }

    public ChannelClasses Classes { get; } = new();

    /// <summary>The nodes that were understood, in the order of the graph.</summary>
    public List<ChannelOperator> Operators { get; } = [];

    public IEnumerable<ChannelValue> Values => values.Values;

    public ChannelValue? Value(string? name) => name is null ? null : values.GetValueOrDefault(name);

    /// <summary>The understood node that computes a value.</summary>
    public ChannelOperator? Producer(string name) => producers.GetValueOrDefault(name);

    /// <summary>A tensor that never changes, as float32.</summary>
    public FloatTensor? Floats(string? name) => FloatTensor.TryRead(Index.Constant(name));

    /// <summary>The single entry of a float32 tensor that never changes.</summary>
    public float? Scalar(string? name) => Floats(name) is { Values: [var value] } ? value : null;

    /// <summary>Integers that no removal of channels changes, of one dimension or none; null when they are not known.</summary>
    public long[]? Integers(string? name) => Sizes(name)?.Numbers;

    /// <summary>Integers that sizes are computed with.</summary>
    public SizeTensor? Sizes(string? name)
    {
        if (name is not null && sizes.TryGetValue(name, out var known))
        {
            return known;
        }

        return Index.Constant(name) is { } tensor && TensorData.TryReadIntegers(tensor) is { } numbers
            ? SizeTensor.FromNumbers([.. tensor.Dims], numbers)
            : null;
    }

    /// <summary>New channels of a value, each in a class of its own.</summary>
    public ChannelValue NewChannels(string name, Dimension[] shape, int axis, double[] constants) =>
        new(name, shape, axis, Classes.Add(constants.Length), constants);

    private void Visit(NodeProto node)
    {
        unknown.UnionWith(GraphIndex.Reads(node).Where(name => !values.ContainsKey(name)));
        if (TryFollowSizes(node))
        {
            return;
        }

        if (ChannelOperators.TryRead(node, this) is { } step)
        {
            Operators.Add(step);
            foreach (var output in step.Outputs)
            {
                values[output.Name] = output;
                producers[output.Name] = step;
            }
            return;
        }

        foreach (var name in GraphIndex.Reads(node))
        {
            Freeze(name);
        }

        foreach (var output in node.Output.Where(output => output.Length > 0))
        {
            AddOpaque(output, declared.GetValueOrDefault(output));
        }
    }

    private bool TryFollowSizes(NodeProto node)
    {
        if (node.Output.Count != 1)
        {
            return false;
        }

        var result = node.OpType == "Shape" && node.IsStandard() && node.Attribute.Count == 0 && Value(node.InputOrNull(0)) is { } value
            ? new SizeTensor([value.Rank], value.Shape, [.. value.Shape.Select((_, axis) => axis == value.Axis ? value : null)])
            : SizeArithmetic.TryEvaluate(node, Sizes);
        if (result is not null)
        {
            sizes[node.Output[0]] = result;
        }
        return result is not null;
    }

    private void Freeze(string name)
    {
        Value(name)?.NeedAll();
        foreach (var counted in sizes.GetValueOrDefault(name)?.Origins.OfType<ChannelValue>() ?? [])
        {
            counted.NeedAll();
        }
    }

    /// <summary>A value of which nobody knows how it was made. Its channels may be joined by others, but all of them stay.</summary>
    private void AddOpaque(string name, Dimension[]? shape)
    {
        const int mostChannels = 1 << 20;
        if (shape is null)
        {
            return;
        }

        var value = shape.Length >= 2 && shape[1].Size is > 0 and <= mostChannels and var count
            ? NewChannels(name, shape, 1, [.. Enumerable.Repeat(double.NaN, (int)count)])
            : new ChannelValue(name, shape);
        value.NeedAll();
        values[name] = value;
    }
}
