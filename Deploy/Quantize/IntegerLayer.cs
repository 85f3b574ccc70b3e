using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Shrink.Operators;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>A node whose weighted sums ONNX Runtime can compute with integers: Conv, Gemm or MatMul with constant float32 weights.</summary>
/// <remarks>ONNX Runtime has no integer ConvTranspose for processors; such layers stay float32.</remarks>
internal sealed class IntegerLayer
{
    private readonly int outputStride;

    private IntegerLayer(NodeProto node, FloatTensor weight, float[]? bias, int outputAxis)
    {
        Node = node;
        Weight = weight;
        Bias = bias;
        OutputAxis = outputAxis;
        Outputs = (int)weight.Shape[outputAxis];
        outputStride = (int)weight.Shape.Skip(outputAxis + 1).Aggregate(1L, (product, size) => product * size);
    }

    public NodeProto Node { get; }
    public FloatTensor Weight { get; }

    /// <summary>One entry for each output; null when it has none.</summary>
    public float[]? Bias { get; }

    /// <summary>The axis of the weights that tells the outputs apart.</summary>
    public int OutputAxis { get; }

    public int Outputs { get; }
    public string Name => LayerName.Of(Node);

    /// <summary>The output that an entry of the weights belongs to.</summary>
    public int OutputOf(int entry) => entry / outputStride % Outputs;

    /// <summary>The layer that a node is; null when it is none, or has a setting that its integer form lacks.</summary>
    public static IntegerLayer? TryRead(NodeProto node, GraphIndex index)
    {
        if (!node.IsStandard() || index.Constant(node.InputOrNull(0)) is not null
            || FloatTensor.TryRead(index.Constant(node.InputOrNull(1))) is not { } weight || weight.Shape.Any(size => size <= 0))
        {
            return null;
        }

        int? axis = (node.OpType, weight.Shape.Count) switch
        {
            ("Gemm", 2) when LinearLayer.IsPlainGemm(node) => node.IntOr("transB", 0) != 0 ? 0 : 1,
            ("MatMul", 2) => 1,
            ("Conv", > 2) => 0,
            _ => null,
        };
        var bias = axis is null ? null : LinearLayer.ReadBias(FloatTensor.TryRead(index.Constant(node.InputOrNull(2))), weight.Shape[axis.Value]);
        var hasUnknownBias = node.InputOrNull(2) is not null && bias is null;
        return axis is null || hasUnknownBias ? null : new IntegerLayer(node, weight, bias, axis.Value);
    }

    /// <exception cref="QuantizationException">A weight or a bias is NaN or infinite.</exception>
    public void CheckIsFinite()
    {
        foreach (var (part, values) in new[] { ("weight", Weight.Values.ToArray()), ("bias", Bias ?? []) })
        {
            if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var at)
            {
                throw new QuantizationException(
                    $"Layer '{Name}' cannot be quantised.", $"Entry {at} of its {part} is {values[at]}.", "Train the model again, or repair its weights.");
            }
        }
    }
}
