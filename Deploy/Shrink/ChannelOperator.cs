using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>What one node does to channels.</summary>
internal abstract class ChannelOperator(NodeProto node, params IReadOnlyList<ChannelValue> outputs)
{
    public NodeProto Node { get; } = node;

    /// <summary>What it computes, in the order of the node's outputs.</summary>
    public IReadOnlyList<ChannelValue> Outputs { get; } = outputs;

    /// <summary>Marks the input positions that the needed output positions depend on.</summary>
    public virtual void PropagateNeeds()
    {
    }

    /// <summary>The names that the node will still read once it is rewritten.</summary>
    public virtual IEnumerable<string> Reads(ChannelSelection selection) => GraphIndex.Reads(Node);

    /// <summary>Fits the node to the channels that stay.</summary>
    public virtual void Rewrite(ChannelSelection selection, GraphEditor editor)
    {
    }

    /// <summary>
    /// One input position for one output position. Where the output is constant and the input is not, the input does not matter.
    /// </summary>
    protected static void Propagate(ChannelValue output, int outputPosition, ChannelValue input, int inputPosition)
    {
        var inputDoesNotMatter = output.IsConstant(outputPosition) && !input.IsConstant(inputPosition);
        input.Needed[inputPosition] |= output.Needed[outputPosition] && !inputDoesNotMatter;
    }
}
