using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>
/// A node that puts channels in other places, with constant ones between them: padding of channels, as shortcuts of residual
/// networks have it, and gathering. What stays of its output need not be what stays of its input.
/// </summary>
internal sealed class Rearrangement : ChannelOperator
{
    private const int Filling = -1; // in place of an input position: the constant
    private const long MostPadding = 1 << 20;

    private readonly ChannelGraph graph;
    private readonly ChannelValue input;
    private readonly int[] sources; // per output position that of the input
    private readonly double filling;

    private Rearrangement(NodeProto node, ChannelGraph graph, ChannelValue input, ChannelValue output, int[] sources, double filling)
        : base(node, output)
    {
        this.graph = graph;
        this.input = input;
        this.sources = sources;
        this.filling = filling;
    }

    private ChannelValue Output => Outputs[0];

    public static ChannelOperator? Pad(NodeProto node, ChannelGraph graph)
    {
        var mode = node.TextOr("mode", "constant");
        var value = node.InputOrNull(2) is { } name ? graph.Scalar(name) : node.FloatOr("value", 0);
        if (graph.Value(node.InputOrNull(0)) is not { } input || value is null || Pads(node, graph) is not { } pads || node.InputOrNull(3) is not null
            || pads.Length != 2 * input.Rank || pads.Any(size => size is < 0 or > MostPadding))
        {
            return null;
        }

        var shape = input.Shape.Select((size, axis) => pads[axis] + pads[axis + input.Rank] is var added && added == 0 ? size
            : size.Size is { } known ? known + added
            : Dimension.Unknown(node.Output[0], axis)).ToArray();
        var (before, behind) = input.HasChannels ? ((int)pads[input.Axis], (int)pads[input.Axis + input.Rank]) : (0, 0);
        if (before + behind == 0)
        {
            var keepsConstants = mode != "constant" || pads.All(size => size == 0);
            var output = input.Carry(
                node.Output[0], shape, input.Axis, (_, constant) => keepsConstants || constant == value ? constant : double.NaN);
            return new UnitwiseOperator(node, input, output);
        }

        int[] sources =
            [.. Enumerable.Repeat(Filling, before), .. Enumerable.Range(0, input.Count), .. Enumerable.Repeat(Filling, behind)];
        return mode == "constant" ? Create(node, graph, input, shape, sources, value.Value) : null;
    }

    public static ChannelOperator? Gather(NodeProto node, ChannelGraph graph)
    {
        if (graph.Value(node.InputOrNull(0)) is not { HasChannels: true } input
            || graph.Index.Constant(node.InputOrNull(1)) is not { Dims.Count: 1 } tensor
            || TensorData.TryReadIntegers(tensor) is not { Length: > 0 } indices)
        {
            return null;
        }

        var axis = node.IntOr("axis", 0);
        int[] sources = [.. indices.Select(index => (int)(index < 0 ? index + input.Count : index))];
        if ((axis < 0 ? axis + input.Rank : axis) != input.Axis || sources.Any(index => index < 0 || index >= input.Count))
        {
            return null;
        }

        var shape = input.Shape.ToArray();
        shape[input.Axis] = sources.Length;
        return Create(node, graph, input, shape, sources, double.NaN);
    }

    public override void PropagateNeeds()
    {
        for (var position = 0; position < sources.Length; position++)
        {
            if (sources[position] != Filling && input.Constants[sources[position]] != filling)
            {
                input.Needed[sources[position]] |= Output.Needed[position];
            }
        }
    }

    public override void Rewrite(ChannelSelection selection, GraphEditor editor)
    {
        if (selection.KeepsAll(input) && selection.KeepsAll(Output))
        {
            return;
        }

        var places = selection.Kept(input).Select((position, place) => (position, place)).ToDictionary(pair => pair.position, pair => pair.place);
        var order = selection.Kept(Output).Select(position => places.GetValueOrDefault(sources[position], Filling)).ToList();
        if (Node.OpType == "Gather")
        {
            // What does not matter and is no longer there can be anything that is.
            SetIndices(Node, [.. order.Select(place => (long)Math.Max(place, 0))], editor);
            return;
        }

        var before = order.TakeWhile(place => place == Filling).Count();
        var behind = Enumerable.Reverse(order).TakeWhile(place => place == Filling).Count();
        if (order.Skip(before).SequenceEqual(Enumerable.Range(0, places.Count).Concat(Enumerable.Repeat(Filling, behind))))
        {
            SetPads(before, behind, editor);
            return;
        }

        // Only what is used goes into the padding, behind it one channel of the constant, and from there each to its place.
        var used = order.Where(place => place != Filling).Distinct().Order().DefaultIfEmpty(0).ToList();
        if (used.Count < places.Count)
        {
            SetIndices(Gathering(editor.InsertBefore(Node, "Gather", ".chosen"), editor), [.. used.Select(place => (long)place)], editor);
        }

        SetPads(0, 1, editor);
        var gather = Gathering(editor.InsertBehind(Node, "Gather", ".padded"), editor);
        SetIndices(gather, [.. order.Select(place => place == Filling ? used.Count : (long)used.IndexOf(place))], editor);
    }

    private NodeProto Gathering(NodeProto gather, GraphEditor editor)
    {
        editor.SetAttribute(gather, "axis", Protos.Attribute("axis", input.Axis));
        return gather;
    }

    private static Rearrangement Create(NodeProto node, ChannelGraph graph, ChannelValue input, Dimension[] shape, int[] sources, double filling)
    {
        // Other constants than 0 and the filling would have to be kept by the input when the output keeps them.
        var constants = sources.Select(source => source == Filling ? filling
            : input.Constants[source] is 0 && (filling is 0 or double.NaN) ? 0
            : input.Constants[source] == filling ? filling
            : double.NaN);
        var output = graph.NewChannels(node.Output[0], shape, input.Axis, [.. constants]);
        for (var position = 0; position < sources.Length && double.IsNaN(filling); position++)
        {
            if (output.IsConstant(position))
            {
                graph.Classes.Join(input.Channels[sources[position]], output.Channels[position]); // no filling could replace it
            }
        }
        return new Rearrangement(node, graph, input, output, sources, filling);
    }

    private static long[]? Pads(NodeProto node, ChannelGraph graph) =>
        node.Find("pads") is { } attribute ? [.. attribute.Ints] : graph.Integers(node.InputOrNull(1));

    private static void SetIndices(NodeProto gather, long[] indices, GraphEditor editor) =>
        editor.SetInput(gather, 1, Protos.Tensor($"{gather.Output[0]}.indices", indices));

    private void SetPads(long before, long behind, GraphEditor editor)
    {
        var pads = Pads(Node, graph)!;
        pads[input.Axis] = before;
        pads[input.Axis + input.Rank] = behind;
        if (Node.Find("pads") is not null)
        {
            editor.SetAttribute(Node, "pads", Protos.Attribute("pads", pads));
        }
        else
        {
            editor.SetInput(Node, 1, Protos.Tensor($"{Node.Output[0]}.pads", pads));
        }
    }
}
