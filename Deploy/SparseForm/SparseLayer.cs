using Onnx;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>A layer that a sparse kernel can compute: one node of the standard, and those behind it that the kernel takes over.</summary>
internal sealed record SparseLayer
{
    /// <summary>The Conv, Gemm or MatMul.</summary>
    public required NodeProto Node { get; init; }

    /// <summary>The operator of the kernel.</summary>
    public required string Operator { get; init; }

    /// <summary>Its weights.</summary>
    public required LayerWeights Weights { get; init; }

    /// <summary>A number for each output; null: none.</summary>
    public float[]? Bias { get; init; }

    /// <summary>What the kernel is told besides; none for products of matrices.</summary>
    public IReadOnlyList<AttributeProto> Attributes { get; init; } = [];

    /// <summary>The addition of a bias, the Relu and the MaxPool behind the node, in their order, as far as they are there.</summary>
    public IReadOnlyList<NodeProto> Absorbed { get; init; } = [];

    /// <summary>The sum that the kernel can compute as well; null: none.</summary>
    public LayerSum? Sum { get; init; }

    /// <summary>What to call it when talking to people.</summary>
    public string Name => LayerName.Of(Node);

    /// <summary>The value that it reads.</summary>
    public string Input => Node.Input[0];

    /// <summary>The value that it computes.</summary>
    public string Output => Nodes[^1].Output[0];

    /// <summary>All nodes that the kernel takes the place of.</summary>
    public IReadOnlyList<NodeProto> Nodes => [Node, .. Absorbed];

    /// <summary>Whether one of them is a Relu.</summary>
    public bool HasRelu => Absorbed.Any(node => node.OpType == "Relu");

    /// <summary>Share of zeros among its weights, 0 to 1.</summary>
    public double ZeroShare => (double)Weights.Zeros / Weights.Count;
}
