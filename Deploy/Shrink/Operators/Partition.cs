using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>A node that splits a value, or takes a slice of it: neighbouring channels, or all of them.</summary>
internal sealed class Partition : ChannelOperator
{
    private readonly ChannelValue input;
    private readonly Action<ChannelSelection, GraphEditor> rewrite;
    private readonly IReadOnlyList<int> starts; // per output the position of its first channel

    private Partition(
        NodeProto node, ChannelValue input, IReadOnlyList<ChannelValue> outputs, IReadOnlyList<int> starts,
        Action<ChannelSelection, GraphEditor> rewrite)
        : base(node, outputs)
    {
        this.input = input;
        this.rewrite = rewrite;
        this.starts = starts;
    }

    public static ChannelOperator? Split(NodeProto node, ChannelGraph graph)
    {
        if (graph.Value(node.InputOrNull(0)) is not { } input || node.Output.Any(output => output.Length == 0))
        {
            return null;
        }

        var axis = (int)node.IntOr("axis", 0);
        axis = axis < 0 ? axis + input.Rank : axis;
        if (axis < 0 || axis >= input.Rank || input.Shape[axis].Size is not { } size || SplitSizes(node, graph, size) is not { } sizes)
        {
            return null;
        }

        var starts = sizes.Select((_, i) => axis == input.Axis ? (int)sizes.Take(i).Sum() : 0).ToList();
        var outputs = sizes.Select((part, i) => Part(input, node.Output[i], axis, part, starts[i])).ToList();
        return new Partition(node, input, outputs, starts, (selection, editor) =>
        {
            if (axis == input.Axis && !selection.KeepsAll(input))
            {
                SetSplitSizes(node, [.. outputs.Select(output => (long)selection.Kept(output).Count)], graph, editor);
            }
        });
    }

    public static ChannelOperator? Slice(NodeProto node, ChannelGraph graph)
    {
        if (graph.Value(node.InputOrNull(0)) is not { } input || SliceRange.TryRead(node, input.Rank, graph.Integers) is not { } ranges)
        {
            return null;
        }

        var output = input;
        foreach (var range in ranges)
        {
            var size = input.Shape[range.Axis].Size is { } all ? range.Positions(all).Count() : Dimension.Unknown(node.Output[0], range.Axis);
            var takesAll = range is { Start: 0, Step: 1 } && range.End >= int.MaxValue;
            output = Part(output, node.Output[0], range.Axis, takesAll ? input.Shape[range.Axis] : size, 0);
        }

        var own = ranges.FirstOrDefault(range => range.Axis == input.Axis);
        if (own is null)
        {
            return new Partition(node, input, [output], [0], (_, _) => { });
        }

        var positions = own.Positions(input.Count).ToList();
        if (own.Step != 1 || positions.Count == 0)
        {
            return null;
        }

        output = new ChannelValue(
            node.Output[0], output.Shape, input.Axis, [.. positions.Select(i => input.Channels[i])], [.. positions.Select(i => input.Constants[i])]);
        return new Partition(node, input, [output], [positions[0]], (selection, editor) =>
        {
            if (!selection.KeepsAll(input))
            {
                var start = selection.Kept(input).Count(position => position < positions[0]);
                SetRange(node, own.Entry, start, start + selection.Kept(output).Count, graph, editor);
            }
        });
    }

    public override void PropagateNeeds()
    {
        foreach (var (output, start) in Outputs.Zip(starts))
        {
            for (var position = 0; position < output.Count; position++)
            {
                input.Needed[start + position] |= output.Needed[position];
            }
        }
    }

    public override void Rewrite(ChannelSelection selection, GraphEditor editor) => rewrite(selection, editor);

    private static ChannelValue Part(ChannelValue input, string name, int axis, Dimension size, int start)
    {
        var shape = input.Shape.ToArray();
        shape[axis] = size;
        return axis == input.Axis && size.Size is { } count && start + count <= input.Count
            ? new ChannelValue(name, shape, axis, [.. input.Channels.Skip(start).Take((int)count)], [.. input.Constants.Skip(start).Take((int)count)])
            : input.Carry(name, shape, input.Axis);
    }

    private static IReadOnlyList<long>? SplitSizes(NodeProto node, ChannelGraph graph, long size)
    {
        var given = node.Find("split")?.Ints.ToArray() ?? graph.Integers(node.InputOrNull(1));
        if (node.InputOrNull(1) is null && given is null)
        {
            var parts = node.Output.Count;
            var largest = (size + parts - 1) / parts;
            given = [.. Enumerable.Range(0, parts).Select(i => Math.Min(largest, size - i * largest))];
        }
        return given?.Length == node.Output.Count && given.All(part => part > 0) && given.Sum() == size ? given : null;
    }

    private static void SetSplitSizes(NodeProto node, long[] sizes, ChannelGraph graph, GraphEditor editor)
    {
        const long sizesAreAnInput = 13;
        if (graph.OperatorSet < sizesAreAnInput)
        {
            editor.SetAttribute(node, "split", Protos.Attribute("split", sizes));
            return;
        }

        if (node.Find("num_outputs") is not null)
        {
            editor.SetAttribute(node, "num_outputs", null);
        }
        editor.SetInput(node, 1, Protos.Tensor($"{node.Output[0]}.split", sizes));
    }

    private static void SetRange(NodeProto node, int entry, long start, long end, ChannelGraph graph, GraphEditor editor)
    {
        foreach (var (name, input, value) in new[] { ("starts", 1, start), ("ends", 2, end) })
        {
            long[] values = node.Find(name) is { } attribute ? [.. attribute.Ints] : graph.Integers(node.Input[input])!;
            values[entry] = value;
            if (node.Find(name) is not null)
            {
                editor.SetAttribute(node, name, Protos.Attribute(name, values));
            }
            else
            {
                editor.SetInput(node, input, Protos.Tensor($"{node.Output[0]}.{name}", values));
            }
        }
    }
}
