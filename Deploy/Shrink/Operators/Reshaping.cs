using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>Operators that arrange the same entries in another shape, where it is provable what becomes of the channels.</summary>
internal static class Reshaping
{
    private const long MostPositions = 1 << 26;

    public static ChannelOperator? Flatten(NodeProto node, ChannelGraph graph)
    {
        if (node.IntOr("axis", 1) != 1 || graph.Value(node.InputOrNull(0)) is not { Rank: > 1 } input)
        {
            return null;
        }

        return Rearranged(node, graph, input, [input.Shape[0], ShapeArithmetic.Product(input.Shape[1..], node.Output[0], 1)]);
    }

    public static ChannelOperator? Reshape(NodeProto node, ChannelGraph graph)
    {
        if (node.IntOr("allowzero", 0) != 0 || graph.Value(node.InputOrNull(0)) is not { } input
            || graph.Sizes(node.InputOrNull(1)) is not { Shape.Length: 1 } target)
        {
            return null;
        }

        var shape = ShapeArithmetic.Resolve(input.Shape, target.Entries, node.Output[0]);
        if (shape is null || Rearranged(node, graph, input, shape) is not { } plain)
        {
            return null;
        }

        if (!input.HasChannels)
        {
            return plain;
        }

        // The new target names the channels by number; the others must then be numbers, copies of the input's or the one open size.
        var open = Enumerable.Range(0, shape.Length).Where(axis => shape[axis].Size is null && !IsCopy(axis)).ToList();
        return open.Count <= 1 ? new ReshapeOperator(node, input, plain.Outputs[0], NewTarget) : null;

        bool IsCopy(int axis) => axis < input.Rank && axis != input.Axis && shape[axis] == input.Shape[axis];

        long[] NewTarget(long channels) =>
            [.. shape.Select((size, axis) => axis == plain.Outputs[0].Axis ? channels : IsCopy(axis) ? 0 : size.Size ?? -1)];
    }

    public static ChannelOperator? Squeeze(NodeProto node, ChannelGraph graph)
    {
        if (graph.Value(node.InputOrNull(0)) is not { } input || Axes(node, graph, input.Rank) is not { Count: > 0 } axes
            || axes.Any(axis => axis < 0 || axis >= input.Rank || axis == input.Axis))
        {
            return null;
        }

        var shape = input.Shape.Where((_, axis) => !axes.Contains(axis));
        return new UnitwiseOperator(node, input, input.Carry(node.Output[0], [.. shape], input.Axis - axes.Count(axis => axis < input.Axis)));
    }

    public static ChannelOperator? Unsqueeze(NodeProto node, ChannelGraph graph)
    {
        if (graph.Value(node.InputOrNull(0)) is not { } input)
        {
            return null;
        }

        var given = node.Find("axes")?.Ints.ToArray() ?? graph.Integers(node.InputOrNull(1));
        var rank = input.Rank + (given?.Length ?? 0);
        if (Axes(node, graph, rank) is not { Count: > 0 } axes || axes.Count != given!.Length || axes.Any(axis => axis < 0 || axis >= rank))
        {
            return null;
        }

        var old = Enumerable.Range(0, rank).Where(axis => !axes.Contains(axis)).ToList();
        var shape = Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? 1 : input.Shape[old.IndexOf(axis)]);
        return new UnitwiseOperator(node, input, input.Carry(node.Output[0], [.. shape], input.HasChannels ? old[input.Axis] : -1));
    }

    public static ChannelOperator? Transpose(NodeProto node, ChannelGraph graph)
    {
        if (graph.Value(node.InputOrNull(0)) is not { } input)
        {
            return null;
        }

        int[] order = node.Find("perm") is { } given ? [.. given.Ints.Select(axis => (int)axis)] : [.. Enumerable.Range(0, input.Rank).Reverse()];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, input.Rank)))
        {
            return null;
        }

        var shape = order.Select(axis => input.Shape[axis]);
        return new UnitwiseOperator(node, input, input.Carry(node.Output[0], [.. shape], Array.IndexOf(order, input.Axis)));
    }

    private static HashSet<int>? Axes(NodeProto node, ChannelGraph graph, int rank) =>
        (node.Find("axes")?.Ints.ToArray() ?? graph.Integers(node.InputOrNull(1)))?.Select(axis => (int)(axis < 0 ? axis + rank : axis)).ToHashSet();

    /// <summary>
    /// What becomes of the channels when everything in front of them stays as it is: each becomes a run of positions, or a run of
    /// them one position.
    /// </summary>
    private static UnitwiseOperator? Rearranged(NodeProto node, ChannelGraph graph, ChannelValue input, Dimension[] shape)
    {
        var name = node.Output[0];
        if (!input.HasChannels)
        {
            return new UnitwiseOperator(node, input, new ChannelValue(name, shape));
        }

        var axis = input.Axis;
        if (shape.Length <= axis || !shape.Take(axis).SequenceEqual(input.Shape.Take(axis))
            || shape[axis].Size is not (> 0 and <= MostPositions and var positions))
        {
            return null;
        }

        var (count, from) = ((int)positions, input.Count);
        if (count % from == 0)
        {
            var run = count / from;
            var origins = Enumerable.Range(0, count).Select(i => i / run).ToList();
            return new UnitwiseOperator(node, input, new ChannelValue(
                name, shape, axis, [.. origins.Select(i => input.Channels[i])], [.. origins.Select(i => input.Constants[i])]));
        }

        if (from % count != 0)
        {
            return null;
        }

        var together = input.Channels.Chunk(from / count).ToList();
        foreach (var run in together)
        {
            Array.ForEach(run, channel => graph.Classes.Join(run[0], channel));
        }

        var constants = input.Constants.Chunk(from / count).Select(run => Array.TrueForAll(run, value => value == run[0]) ? run[0] : double.NaN);
        return new UnitwiseOperator(node, input, new ChannelValue(name, shape, axis, [.. together.Select(run => run[0])], [.. constants]));
    }

    /// <summary>A Reshape whose target follows the number of channels.</summary>
    private sealed class ReshapeOperator(NodeProto node, ChannelValue input, ChannelValue output, Func<long, long[]> target)
        : UnitwiseOperator(node, input, output)
    {
        public override void Rewrite(ChannelSelection selection, GraphEditor editor)
        {
            if (!selection.KeepsAll(Input))
            {
                editor.SetInput(Node, 1, Protos.Tensor($"{Output.Name}.shape", target(selection.Kept(Output).Count)));
            }
        }
    }
}
