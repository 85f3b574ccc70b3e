using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>A node that makes every output channel of one input channel: the same one, in a run of several, or as part of a run.</summary>
/// <param name="node">The node; its first input carries the channels.</param>
/// <param name="input">The value that it reads.</param>
/// <param name="output">What it makes of it.</param>
/// <param name="parameters">Inputs of the node with an entry per channel along dimension 0.</param>
internal class UnitwiseOperator(NodeProto node, ChannelValue input, ChannelValue output, params IReadOnlyList<int> parameters)
    : ChannelOperator(node, output)
{
    protected ChannelValue Input { get; } = input;

    protected ChannelValue Output => Outputs[0];

    public override void PropagateNeeds()
    {
        var most = Math.Max(Input.Count, Output.Count);
        for (long i = 0; i < most; i++)
        {
            Propagate(Output, (int)(i * Output.Count / most), Input, (int)(i * Input.Count / most));
        }
    }

    public override void Rewrite(ChannelSelection selection, GraphEditor editor)
    {
        foreach (var parameter in selection.KeepsAll(Input) ? [] : parameters)
        {
            var tensor = FloatTensor.TryRead(editor.Constant(Node.Input[parameter]))!;
            editor.SetInput(Node, parameter, tensor.Select(0, selection.Kept(Input)));
        }
    }
}
