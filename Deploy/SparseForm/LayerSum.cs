using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>The sum of a convolution and another value of its shape, as at the end of a residual block, which its kernel can compute too.</summary>
/// <param name="Nodes">The Add, and the Relu behind it if there is one.</param>
/// <param name="Other">The other value.</param>
internal sealed record LayerSum(IReadOnlyList<NodeProto> Nodes, string Other)
{
    /// <summary>The sum.</summary>
    public string Output => Nodes[^1].Output[0];

    /// <summary>Whether negative sums become 0.</summary>
    public bool HasRelu => Nodes.Count > 1;

    /// <summary>The sum behind a layer; null if there is none, or something comes before. Whether the shapes agree is not looked at.</summary>
    public static LayerSum? TryRead(SparseLayer layer, GraphIndex index)
    {
        if (layer.Operator != "SparseConv" || layer.HasRelu || index.OnlyReader(layer.Output) is not { OpType: "Add", Input.Count: 2, Output.Count: 1 } add || !add.IsStandard())
        {
            return null;
        }

        var other = add.Input[add.Input[0] == layer.Output ? 1 : 0];
        return index.Constant(other) is not null ? null
            : index.OnlyReader(add.Output[0]) is { OpType: "Relu", Output.Count: 1 } relu && relu.IsStandard() ? new LayerSum([add, relu], other)
            : new LayerSum([add], other);
    }
}
