using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>
/// A node that combines values and constants entry by entry, repeating them along dimensions of 1. The channels that meet in
/// it stay or go together.
/// </summary>
internal sealed class Combination : ChannelOperator
{
    private static readonly Dictionary<string, Func<IReadOnlyList<double>, double>> Functions = new()
    {
        ["Add"] = operands => operands[0] + operands[1],
        ["Sub"] = operands => operands[0] - operands[1],
        ["Mul"] = operands => operands[0] == 0 || operands[1] == 0 ? 0 : operands[0] * operands[1],
        ["Div"] = operands => operands[0] / operands[1],
        ["Pow"] = operands => Math.Pow(operands[0], operands[1]),
        ["PRelu"] = operands => operands[0] >= 0 ? operands[0] : operands[0] * operands[1],
        ["Sum"] = operands => operands.Sum(),
        ["Mean"] = operands => operands.Average(),
        ["Max"] = operands => operands.Aggregate(Math.Max),
        ["Min"] = operands => operands.Aggregate(Math.Min),
    };

    private readonly IReadOnlyList<Operand> operands;

    /// <summary>An input: a value, or a constant with the axis along which it has an entry per channel (-1: one for all).</summary>
    private sealed record Operand(int Input, ChannelValue? Value, FloatTensor? Constant, int Axis);

    private Combination(NodeProto node, IReadOnlyList<Operand> operands, ChannelValue output)
        : base(node, output) => this.operands = operands;

    public static IEnumerable<string> Names => Functions.Keys;

    private ChannelValue Output => Outputs[0];

    private IEnumerable<Operand> Carriers => operands.Where(operand => operand.Value is not null);

    public static ChannelOperator? TryRead(NodeProto node, ChannelGraph graph)
    {
        var values = node.Input.Select(graph.Value).ToList();
        var carriers = values.OfType<ChannelValue>().ToList();
        if (carriers.Count == 0 || BroadcastShape(node, carriers) is not { } shape)
        {
            return null;
        }

        if (carriers.TrueForAll(value => !value.HasChannels))
        {
            var fits = node.Input.All(name => graph.Value(name) is not null || FitsInto(graph.Index.Constant(name), shape));
            return fits ? new Combination(node, [], new ChannelValue(node.Output[0], shape)) : null;
        }

        var axes = carriers.Select(value => value.HasChannels ? value.Axis + shape.Length - value.Rank : -1).Distinct().ToList();
        var count = carriers.Max(value => value.Count);
        if (axes is not [var axis] || axis < 0 || carriers.Exists(value => value.Count != count && value.Count != 1))
        {
            return null;
        }

        var operands = new List<Operand>();
        for (var i = 0; i < values.Count; i++)
        {
            var constant = values[i] is null ? graph.Floats(node.InputOrNull(i)) : null;
            var constantAxis = constant is null ? -1 : axis - shape.Length + constant.Shape.Count;
            var size = constantAxis < 0 ? 1 : constant!.Shape[constantAxis];
            if ((values[i] is null && !FitsInto(graph.Index.Constant(node.Input[i]), shape)) || (constant is null && values[i] is null))
            {
                return null;
            }
            operands.Add(new Operand(i, values[i], constant, size == count ? constantAxis : -1));
        }

        return Create(node, graph, operands, shape, axis, count);
    }

    public override void PropagateNeeds()
    {
        for (var position = 0; position < Output.Count; position++)
        {
            foreach (var value in Carriers.Select(operand => operand.Value!))
            {
                Propagate(Output, position, value, value.Count == 1 ? 0 : position);
            }
        }
    }

    public override IEnumerable<string> Reads(ChannelSelection selection) =>
        Replaceable() is { } constant ? GraphIndex.Reads(Node).Where(name => name != constant.Value!.Name) : GraphIndex.Reads(Node);

    public override void Rewrite(ChannelSelection selection, GraphEditor editor)
    {
        foreach (var operand in operands.Where(operand => operand.Axis >= 0 && !selection.KeepsAll(Output)))
        {
            editor.SetInput(Node, operand.Input, operand.Constant!.Select(operand.Axis, selection.Kept(Output)));
        }

        if (Replaceable() is { } replaced)
        {
            Replace(replaced, selection.Kept(Output), editor);
        }
    }

    /// <summary>A sum or product with a value that never changes needs no value there: a constant does.</summary>
    private void Replace(Operand operand, IReadOnlyList<int> kept, GraphEditor editor)
    {
        var value = operand.Value!;
        float[] constants = [.. kept.Select(position => value.IsConstant(position) ? (float)value.Constants[position] : 0)];
        if (Node.OpType == "Add" && constants.All(constant => constant == 0))
        {
            editor.MakeIdentity(Node, Node.Input[1 - operand.Input]);
            return;
        }

        var shape = Enumerable.Range(value.Axis, value.Rank - value.Axis).Select(axis => axis == value.Axis ? constants.LongLength : 1);
        editor.SetInput(Node, operand.Input, Protos.Tensor($"{value.Name}.constant", shape, constants));
    }

    /// <summary>An operand of two that is constant where it matters, and adds nothing to the shape of the result.</summary>
    private Operand? Replaceable() => operands is [{ Value: { } first }, { Value: { } second }] && first != second
        ? IsConstant(second) && first.Shape.SequenceEqual(Output.Shape) ? operands[1]
            : IsConstant(first) && second.Shape.SequenceEqual(Output.Shape) ? operands[0]
            : null
        : null;

    private bool IsConstant(ChannelValue value) => value.Count == Output.Count
        && Enumerable.Range(0, value.Count).All(position => value.IsConstant(position) || !value.Needed[position]);

    private static Combination Create(
        NodeProto node, ChannelGraph graph, IReadOnlyList<Operand> operands, Dimension[] shape, int axis, int count)
    {
        var function = Functions[node.OpType];
        var constants = Enumerable.Range(0, count)
            .Select(position => ChannelValue.FiniteOrNaN(function([.. operands.Select(operand => At(operand, position))])));
        var full = operands.Select(operand => operand.Value).OfType<ChannelValue>().Where(value => value.Count == count).ToList();
        foreach (var other in full.Skip(1))
        {
            for (var position = 0; position < count; position++)
            {
                graph.Classes.Join(full[0].Channels[position], other.Channels[position]);
            }
        }
        return new Combination(node, operands, new ChannelValue(node.Output[0], shape, axis, full[0].Channels, [.. constants]));
    }

    private static double At(Operand operand, int position) =>
        operand.Value is { } value ? value.Constants[value.Count == 1 ? 0 : position]
        : operand.Axis >= 0 ? operand.Constant!.UniformValue(operand.Axis, position)
        : operand.Constant!.Values.ContainsAnyExcept(operand.Constant.Values[0]) ? double.NaN
        : operand.Constant.Values[0];

    private static Dimension[]? BroadcastShape(NodeProto node, IReadOnlyList<ChannelValue> values)
    {
        var rank = values.Max(value => value.Rank);
        var shape = Enumerable.Repeat((Dimension)1, rank).ToArray();
        foreach (var value in values)
        {
            for (var axis = rank - value.Rank; axis < rank; axis++)
            {
                if (Dimension.Broadcast(shape[axis], value.Shape[axis - rank + value.Rank], Dimension.Unknown(node.Output[0], axis)) is not { } size)
                {
                    return null;
                }
                shape[axis] = size;
            }
        }
        return shape;
    }

    /// <summary>Whether a tensor, repeated along its dimensions of 1, takes this shape.</summary>
    private static bool FitsInto(TensorProto? tensor, Dimension[] shape)
    {
        var offset = shape.Length - (tensor?.Dims.Count ?? 0);
        return tensor is not null && offset >= 0 && tensor.Dims.All(size => size > 0)
            && tensor.Dims.Zip(shape.Skip(offset)).All(pair => pair.First == 1 || pair.Second.Size is null || pair.Second.Size == pair.First);
    }
}
