using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>Values behind one another along the channels, as in DenseNets. An input of which no channel stays is left out.</summary>
internal sealed class Concatenation : ChannelOperator
{
    private readonly IReadOnlyList<Part> parts;

    /// <summary>An input: a value, or a constant with channels of its own.</summary>
    private sealed record Part(ChannelValue Value, FloatTensor? Constant);

    private Concatenation(NodeProto node, IReadOnlyList<Part> parts, ChannelValue output)
        : base(node, output) => this.parts = parts;

    public static ChannelOperator? TryRead(NodeProto node, ChannelGraph graph)
    {
        if (node.Input.Select(graph.Value).FirstOrDefault(value => value is not null) is not { } model || node.Find("axis") is null)
        {
            return null;
        }

        var axis = (int)node.IntOr("axis", 0);
        axis = axis < 0 ? axis + model.Rank : axis;
        var parts = node.Input.Select(name => ReadPart(name, graph, model.Rank, axis)).ToList();
        if (!parts.TrueForAll(part => part?.Value.Axis == axis && part.Value.Rank == model.Rank))
        {
            return null;
        }

        var shape = model.Shape.ToArray();
        shape[axis] = parts.Sum(part => (long)part!.Value.Count);
        return new Concatenation(node, parts!, new ChannelValue(
            node.Output[0], shape, axis, [.. parts.SelectMany(part => part!.Value.Channels)], [.. parts.SelectMany(part => part!.Value.Constants)]));
    }

    private static Part? ReadPart(string name, ChannelGraph graph, int rank, int axis)
    {
        if (graph.Value(name) is { } value)
        {
            return new Part(value, null);
        }

        if (graph.Floats(name) is not { } constant || constant.Shape.Count != rank)
        {
            return null;
        }

        var shape = constant.Shape.Select(size => (Dimension)size).ToArray();
        var constants = Enumerable.Range(0, (int)constant.Shape[axis]).Select(position => constant.UniformValue(axis, position));
        return new Part(graph.NewChannels(name, shape, axis, [.. constants]), constant);
    }

    public override void PropagateNeeds()
    {
        var first = 0;
        foreach (var value in parts.Select(part => part.Value))
        {
            for (var position = 0; position < value.Count; position++)
            {
                value.Needed[position] |= Outputs[0].Needed[first + position];
            }
            first += value.Count;
        }
    }

    public override IEnumerable<string> Reads(ChannelSelection selection) => Staying(selection).Select(part => part.Value.Name);

    public override void Rewrite(ChannelSelection selection, GraphEditor editor)
    {
        foreach (var (part, input) in parts.Select((part, input) => (part, input)))
        {
            if (part.Constant is not null && selection.KeepsAny(part.Value) && !selection.KeepsAll(part.Value))
            {
                editor.SetInput(Node, input, part.Constant.Select(Outputs[0].Axis, selection.Kept(part.Value)));
            }
        }

        var names = parts.Zip(Node.Input).Where(pair => Staying(selection).Contains(pair.First)).Select(pair => pair.Second).ToList();
        if (names is [var only])
        {
            editor.MakeIdentity(Node, only);
        }
        else if (names.Count < parts.Count)
        {
            editor.SetInputs(Node, names);
        }
    }

    private List<Part> Staying(ChannelSelection selection)
    {
        var staying = parts.Where(part => selection.KeepsAny(part.Value)).ToList();
        return staying.Count > 0 ? staying : [parts[0]];
    }
}
