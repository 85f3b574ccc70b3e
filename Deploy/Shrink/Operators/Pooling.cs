using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>Operators that sum up or resize the image of each channel by itself.</summary>
internal static class Pooling
{
    public static ChannelOperator? Max(NodeProto node, ChannelGraph graph) =>
        // A window in the overhang of ceil_mode may be empty; what it holds then is not ours to say.
        node.Output.Count == 1 ? Windowed(node, graph, value => node.IntOr("ceil_mode", 0) == 0 ? value : double.NaN) : null;

    public static ChannelOperator? Average(NodeProto node, ChannelGraph graph)
    {
        var countsZeros = node.IntOr("count_include_pad", 0) != 0 && Window.IsPadded(node);
        var keepsConstants = !countsZeros && node.IntOr("ceil_mode", 0) == 0;
        return Windowed(node, graph, value => keepsConstants || value == 0 ? value : double.NaN);
    }

    public static ChannelOperator? Global(NodeProto node, ChannelGraph graph)
    {
        if (Image(node, graph) is not { } input)
        {
            return null;
        }

        Dimension[] shape = [input.Shape[0], input.Shape[1], .. input.Shape.Skip(2).Select(_ => (Dimension)1)];
        return new UnitwiseOperator(node, input, input.Carry(node.Output[0], shape, input.Axis));
    }

    /// <summary>Means, maxima and minima over axes other than the channels'.</summary>
    public static ChannelOperator? Reduction(NodeProto node, ChannelGraph graph)
    {
        var axes = node.Find("axes")?.Ints.ToArray() ?? graph.Integers(node.InputOrNull(1));
        if (graph.Value(node.InputOrNull(0)) is not { } input || axes is null or [])
        {
            return null;
        }

        var reduced = axes.Select(axis => (int)(axis < 0 ? axis + input.Rank : axis)).ToHashSet();
        if (reduced.Contains(input.Axis) || reduced.Any(axis => axis < 0 || axis >= input.Rank))
        {
            return null;
        }

        var keeps = node.IntOr("keepdims", 1) != 0;
        var shape = Enumerable.Range(0, input.Rank).Where(axis => keeps || !reduced.Contains(axis))
            .Select(axis => reduced.Contains(axis) ? 1 : input.Shape[axis]);
        var newAxis = keeps ? input.Axis : input.Axis - reduced.Count(axis => axis < input.Axis);
        return new UnitwiseOperator(node, input, input.Carry(node.Output[0], [.. shape], newAxis));
    }

    /// <summary>Enlarging by factors, as upsampling does; the neighbours that it blends have the channel's constant too.</summary>
    public static ChannelOperator? Resize(NodeProto node, ChannelGraph graph)
    {
        var factors = graph.Floats(node.InputOrNull(node.OpType == "Resize" ? 2 : 1))?.Values.ToArray();
        var crops = node.TextOr("coordinate_transformation_mode", "") == "tf_crop_and_resize";
        if (crops || node.InputOrNull(3) is not null || node.Find("axes") is not null || graph.Value(node.InputOrNull(0)) is not { } input
            || factors?.Length != input.Rank || (input.HasChannels && factors[input.Axis] != 1))
        {
            return null;
        }

        var keepsConstants = node.TextOr("mode", "nearest") is "nearest" or "linear";
        var shape = input.Shape.Select((size, axis) => factors[axis] == 1 ? size
            : size.Size is { } pixels ? (long)Math.Floor(pixels * (double)factors[axis])
            : Dimension.Unknown(node.Output[0], axis));
        return new UnitwiseOperator(
            node, input, input.Carry(node.Output[0], [.. shape], input.Axis, (_, value) => keepsConstants || value == 0 ? value : double.NaN));
    }

    private static UnitwiseOperator? Windowed(NodeProto node, ChannelGraph graph, Func<double, double> map)
    {
        var kernel = node.IntsOrEmpty("kernel_shape");
        if (Image(node, graph) is not { } input || kernel.Count != input.Rank - 2)
        {
            return null;
        }

        Dimension[] shape = [input.Shape[0], input.Shape[1], .. Window.OutputSizes(node, input, kernel)];
        return new UnitwiseOperator(node, input, input.Carry(node.Output[0], shape, input.Axis, (_, value) => map(value)));
    }

    private static ChannelValue? Image(NodeProto node, ChannelGraph graph) =>
        graph.Value(node.InputOrNull(0)) is { Rank: > 2 } input && (input.Axis == 1 || !input.HasChannels) ? input : null;
}
