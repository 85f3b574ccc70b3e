using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>A layer that makes channels of its own. Where it has several groups, the channels of a group stay or go together.</summary>
internal sealed class LinearOperator : ChannelOperator
{
    private LinearOperator(LinearLayer layer, ChannelValue? input, ChannelValue output)
        : base(layer.Node, output)
    {
        Layer = layer;
        Input = input;
    }

    public LinearLayer Layer { get; }

    /// <summary>The value it reads; null when its channels are unknown, and all needed.</summary>
    public ChannelValue? Input { get; }

    public ChannelValue Output => Outputs[0];

    public static ChannelOperator? TryRead(NodeProto node, ChannelGraph graph)
    {
        if (LinearLayer.TryRead(node, graph) is not { } layer)
        {
            return null;
        }

        var value = graph.Value(node.Input[0]);
        var rank = node.OpType == "MatMul" ? value?.Rank : 2 + layer.KernelShape.Count();
        if (rank is null or < 2 || (value is not null && value.Rank != rank))
        {
            return null;
        }

        var axis = node.OpType == "MatMul" ? rank.Value - 1 : 1;
        var input = value is not null && value.Axis == axis && value.Count == layer.Inputs ? value : null;
        if (input is null)
        {
            value?.NeedAll();
        }

        var shape = OutputShape(node, layer, value, rank.Value, axis);
        var output = graph.NewChannels(node.Output[0], shape, axis, [.. ConstantOutputs(layer, input)]);
        var result = new LinearOperator(layer, input, output);
        if (layer.Groups > 1)
        {
            result.JoinGroups(graph.Classes);
        }
        return result;
    }

    /// <summary>Whether the bias can take over what a constant input contributes. Beside a border of zeros only a constant 0 is constant.</summary>
    public bool CanFold(int input) => CanFold(Layer, Input!, input);

    /// <summary>Whether a constant reaches a needed output, and the bias cannot take it over.</summary>
    public bool NeedsStandIn(int input) => Layer.Groups == 1 && Input!.IsConstant(input) && !CanFold(input)
        && Enumerable.Range(0, Layer.Outputs).Any(output => Output.Needed[output] && Layer.HasWeight(output, input));

    public override void PropagateNeeds()
    {
        if (Input is null)
        {
            return;
        }

        for (var output = 0; output < Layer.Outputs; output++)
        {
            var first = FirstInput(Layer, output);
            for (var input = 0; input < Layer.InputsPerGroup && Output.Needed[output]; input++)
            {
                // A constant is folded or stood in for; within groups it can only stay.
                var varies = !Input.IsConstant(first + input) || (Layer.Groups > 1 && !CanFold(first + input));
                Input.Needed[first + input] |= varies && Layer.HasWeight(output, input);
            }
        }
    }

    public override void Rewrite(ChannelSelection selection, GraphEditor editor)
    {
        var keepsAll = (Input is null || selection.KeepsAll(Input)) && selection.KeepsAll(Output);
        if (keepsAll && !Enumerable.Range(0, Layer.Outputs).Any(output => IsErased(output) && Layer.HasWeights(output)))
        {
            return;
        }

        var outputs = selection.Kept(Output);
        if (Layer.Groups > 1)
        {
            RewriteGroups(outputs, editor);
            return;
        }

        var inputs = Input is null ? [.. Enumerable.Range(0, Layer.Inputs)] : selection.Kept(Input);
        var removed = Input is null ? [] : Enumerable.Range(0, Input.Count).Where(i => !selection.IsKept(Input, i) && Input.IsConstant(i)).ToList();
        var open = removed.Where(NeedsStandIn).ToList();
        var anchor = open.Count > 0 ? selection.Anchor(this) : -1;
        var standIns = open.Where(i => i != anchor).Select(i => new StandIn(i, Input!.Constants[i] / Input.Constants[anchor])).ToList();
        editor.SetInput(Node, 1, Layer.SelectWeights(outputs, inputs, IsErased, anchor, standIns));
        SetBias([.. outputs.Select(output => (float)FoldedBias(output, removed))], editor);
    }

    /// <summary>An output that stays but does not matter has no weights, so that it needs no inputs; a constant one keeps its value.</summary>
    private bool IsErased(int output) => !Output.Needed[output];

    /// <summary>The bias with the contributions of the constant inputs that go, summed in double precision.</summary>
    private double FoldedBias(int output, IReadOnlyList<int> removed)
    {
        if (IsErased(output) && Output.IsConstant(output))
        {
            return Output.Constants[output];
        }

        double bias = Layer.Bias?[output] ?? 0;
        return bias + removed.Where(CanFold).Sum(input => Input!.Constants[input] == 0 ? 0 : Input.Constants[input] * Layer.WeightSum(output, input));
    }

    private void RewriteGroups(IReadOnlyList<int> outputs, GraphEditor editor)
    {
        var inputs = Enumerable.Range(0, Layer.InputsPerGroup).ToList();
        editor.SetInput(Node, 1, Layer.SelectWeights(outputs, inputs, IsErased, -1, []));
        editor.SetAttribute(Node, "group", Protos.Attribute("group", outputs.Count / Layer.OutputsPerGroup));
        SetBias([.. outputs.Select(output => (float)FoldedBias(output, []))], editor);
    }

    private void SetBias(float[] bias, GraphEditor editor)
    {
        if (Layer.Bias is null && bias.All(value => value == 0))
        {
            return;
        }

        var tensor = Protos.Tensor($"{LayerName.Of(Node)}.bias", [bias.Length], bias);
        if (Node.OpType == "MatMul" && Output.Rank > 2)
        {
            editor.SetInput(editor.InsertBehind(Node, "Add", ".product"), 1, tensor);
            return;
        }

        if (Node.OpType == "MatMul")
        {
            Node.OpType = "Gemm"; // the same product, with room for a bias
        }

        editor.SetInput(Node, 2, tensor);
    }

    private void JoinGroups(ChannelClasses classes)
    {
        for (var output = 0; output < Layer.Outputs; output++)
        {
            classes.Join(Output.Channels[output], Output.Channels[output / Layer.OutputsPerGroup * Layer.OutputsPerGroup]);
            for (var input = 0; input < Layer.InputsPerGroup && Input is not null; input++)
            {
                classes.Join(Output.Channels[output], Input.Channels[FirstInput(Layer, output) + input]);
            }
        }

        if (Input is null)
        {
            Output.NeedAll(); // the groups cannot go, for their inputs stay
        }
    }

    private static bool CanFold(LinearLayer layer, ChannelValue input, int position) =>
        input.Constants[position] == 0 || (input.IsConstant(position) && !layer.SeesBorders);

    private static int FirstInput(LinearLayer layer, int output) => output / layer.OutputsPerGroup * layer.InputsPerGroup;

    /// <summary>Per output its value if all that varies reaches it with weight zero; else NaN.</summary>
    private static IEnumerable<double> ConstantOutputs(LinearLayer layer, ChannelValue? input)
    {
        for (var output = 0; output < layer.Outputs; output++)
        {
            double value = layer.Bias?[output] ?? 0;
            var first = FirstInput(layer, output);
            for (var i = 0; i < layer.InputsPerGroup && !double.IsNaN(value); i++)
            {
                if (!layer.HasWeight(output, i))
                {
                    continue;
                }

                var folds = input is not null && CanFold(layer, input, first + i);
                value += !folds ? double.NaN : input!.Constants[first + i] == 0 ? 0 : input.Constants[first + i] * layer.WeightSum(output, i);
            }
            yield return ChannelValue.FiniteOrNaN(value);
        }
    }

    private static Dimension[] OutputShape(NodeProto node, LinearLayer layer, ChannelValue? input, int rank, int axis)
    {
        var shape = Enumerable.Range(0, rank).Select(i => input?.Shape[i] ?? Dimension.Unknown(node.Output[0], i)).ToArray();
        shape[axis] = layer.Outputs;
        if (rank > 2 && node.OpType != "MatMul")
        {
            var sizes = node.OpType == "Conv" && input is not null ? Window.OutputSizes(node, input, [.. layer.KernelShape]) : null;
            for (var i = 2; i < rank; i++)
            {
                shape[i] = sizes?[i - 2] ?? Dimension.Unknown(node.Output[0], i);
            }
        }
        return shape;
    }
}
