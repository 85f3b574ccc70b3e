using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink.Operators;

namespace SparseHybrid.Deploy.SparseForm;

/// <summary>Finds out whether a sparse kernel can compute what a node does.</summary>
/// <param name="index">The graph.</param>
/// <param name="shapes">Shapes of values, as far as they are the same in every run but for the batch.</param>
internal sealed class SparseLayerReader(GraphIndex index, IReadOnlyDictionary<string, long[]> shapes)
{
    private const int LargestSide = 1 << 24; // rows or columns that packed weights can have

    /// <summary>Whether a node is one of those that have weights.</summary>
    public static bool IsLayer(NodeProto node) => node.IsStandard() && node.OpType is "Conv" or "Gemm" or "MatMul" && node.Input.Count >= 2 && node.Output.Count == 1;

    /// <summary>The layer, or why a sparse kernel cannot compute it.</summary>
    public (SparseLayer? Layer, string? Obstacle) Read(NodeProto node)
    {
        if (FloatTensor.TryRead(index.Constant(node.Input[1])) is not { } tensor)
        {
            return (null, "its weights are no float32 tensor of the model");
        }

        var (layer, obstacle) = node.OpType switch
        {
            "Conv" => ReadConv(node, tensor),
            "Gemm" => ReadGemm(node, tensor),
            _ => ReadMatMul(node, tensor),
        };
        return layer is null ? (null, obstacle)
            : layer.Weights.Count == 0 || Math.Max(layer.Weights.Rows, layer.Weights.Columns) > LargestSide ? (null, "it has no weights, or too many")
            : !layer.Weights.AreFinite() || layer.Bias?.All(float.IsFinite) == false ? (null, "not all of its weights are finite numbers")
            : (WithRelu(WithPools(WithRelu(layer))), null);
    }

    private (SparseLayer? Layer, string? Obstacle) ReadConv(NodeProto node, FloatTensor tensor)
    {
        var groups = node.IntOr("group", 1);
        if (tensor.Shape is not [var outputs, var inputs, var height, var width])
        {
            return (null, "only convolutions of two dimensions have a sparse kernel");
        }

        if (groups > 1 && inputs == 1)
        {
            return (null, "a depthwise convolution has too few weights for a sparse kernel to gain anything");
        }

        if (groups < 1 || outputs % groups != 0)
        {
            return (null, $"its {outputs} outputs do not fall into {groups} groups");
        }

        var window = ConvWindow.TryRead(node, [height, width], shapes.GetValueOrDefault(node.Input[0]));
        if (window is null)
        {
            return (null, "where its window lies is only known when the model runs (auto_pad), or its attributes do not fit it");
        }

        return WithBias(node, outputs, bias => new SparseLayer
        {
            Node = node,
            Operator = "SparseConv",
            Weights = new LayerWeights(tensor, IsTransposed: false),
            Bias = bias,
            Attributes = [.. window.Attributes, Protos.Attribute("group", groups)],
        });
    }

    private (SparseLayer? Layer, string? Obstacle) ReadGemm(NodeProto node, FloatTensor tensor)
    {
        if (tensor.Shape.Count != 2 || node.IntOr("transA", 0) != 0)
        {
            return (null, "its input is transposed, or its weights are no matrix");
        }

        var weights = new LayerWeights(tensor, node.IntOr("transB", 0) == 0, node.FloatOr("alpha", 1));
        return WithBias(node, weights.Rows, bias => new SparseLayer
        {
            Node = node,
            Operator = "SparseGemm",
            Weights = weights,
            Bias = node.FloatOr("beta", 1) is not 1f and var beta ? bias?.Select(entry => beta * entry).ToArray() : bias,
        });
    }

    private (SparseLayer? Layer, string? Obstacle) ReadMatMul(NodeProto node, FloatTensor tensor)
    {
        if (tensor.Shape.Count != 2)
        {
            return (null, "its weights are no matrix");
        }

        var layer = new SparseLayer { Node = node, Operator = "SparseMatMul", Weights = new LayerWeights(tensor, IsTransposed: true) };
        if (index.OnlyReader(layer.Output) is not { OpType: "Add", Input.Count: 2, Output.Count: 1 } add || !add.IsStandard())
        {
            return (layer, null);
        }

        var vector = FloatTensor.TryRead(index.Constant(add.Input[add.Input[0] == layer.Output ? 1 : 0]));
        return vector?.Shape.Count == 1 && LinearLayer.ReadBias(vector, layer.Weights.Rows) is { } bias
            ? (layer with { Bias = bias, Absorbed = [add] }, null)
            : (layer, null); // the addition stays
    }

    private (SparseLayer? Layer, string? Obstacle) WithBias(NodeProto node, long outputs, Func<float[]?, SparseLayer> create)
    {
        var name = node.InputOrNull(2);
        var bias = LinearLayer.ReadBias(FloatTensor.TryRead(index.Constant(name)), outputs);
        return name is null || bias is not null ? (create(bias), null) : (null, "what it adds to its outputs is no vector of the model with a number for each");
    }

    private SparseLayer WithRelu(SparseLayer layer) =>
        !layer.HasRelu && index.OnlyReader(layer.Output) is { OpType: "Relu", Output.Count: 1 } relu && relu.IsStandard()
            ? layer with { Absorbed = [.. layer.Absorbed, relu] }
            : layer;

    private SparseLayer WithPools(SparseLayer layer) =>
        layer.Operator == "SparseConv" && index.OnlyReader(layer.Output) is { } node && MaxPools.TryRead(node) is { } shape
            ? layer with
            {
                Operator = "SparseConvMaxPool",
                Attributes = [.. layer.Attributes, Protos.Attribute("pool_shape", shape)],
                Absorbed = [.. layer.Absorbed, node],
            }
            : layer;
}
