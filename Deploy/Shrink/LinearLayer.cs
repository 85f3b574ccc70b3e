using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>
/// A node that computes outputs as weighted sums of its inputs plus a bias: Gemm, MatMul or an ungrouped convolution.
/// One view of all three: entry (output, input, position in the kernel), wherever the tensor keeps it.
/// </summary>
internal sealed class LinearLayer
{
    private readonly float[] weights;
    private readonly int outputStride;
    private readonly int inputStride;
    private readonly int kernelSize; // 1 for Gemm and MatMul
    private readonly bool outputsComeFirst;
    private readonly IReadOnlyList<long> kernelShape;

    private LinearLayer(NodeProto node, TensorProto weight, float[] values, float[]? bias, bool outputsComeFirst, bool padsWithZeros)
    {
        Node = node;
        Bias = bias;
        PadsWithZeros = padsWithZeros;
        weights = values;
        kernelShape = [.. weight.Dims.Skip(2)];
        kernelSize = (int)kernelShape.Aggregate(1L, (product, size) => product * size);
        this.outputsComeFirst = outputsComeFirst;
        Outputs = (int)weight.Dims[outputsComeFirst ? 0 : 1];
        Inputs = (int)weight.Dims[outputsComeFirst ? 1 : 0];
        outputStride = outputsComeFirst ? Inputs * kernelSize : 1;
        inputStride = outputsComeFirst ? kernelSize : Outputs;
    }

    public NodeProto Node { get; }
    public float[]? Bias { get; }
    public int Outputs { get; }
    public int Inputs { get; }

    /// <summary>The number of dimensions of its input and output: 2 for Gemm and MatMul, 3 and more for convolutions.</summary>
    public int Rank => 2 + kernelShape.Count;

    /// <summary>Whether zeros are put around the input, so that a constant input is not constant at the borders.</summary>
    public bool PadsWithZeros { get; }

    public long ParameterCount => weights.LongLength + (Bias?.LongLength ?? 0);

    /// <summary>Whether anything non-zero leads from a range of inputs to an output.</summary>
    public bool HasWeight(int output, InputRange inputs)
    {
        for (var input = inputs.First; input < inputs.First + inputs.Count; input++)
        {
            var start = Index(output, input, 0);
            for (var position = 0; position < kernelSize; position++)
            {
                if (weights[start + position] != 0) // NaN counts as a weight: such a model is not ours to simplify
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>The sum of the weights from a range of inputs to an output: what an input of 1 everywhere adds.</summary>
    public double WeightSum(int output, InputRange inputs)
    {
        var sum = 0.0;
        for (var input = inputs.First; input < inputs.First + inputs.Count; input++)
        {
            var start = Index(output, input, 0);
            for (var position = 0; position < kernelSize; position++)
            {
                sum += weights[start + position];
            }
        }
        return sum;
    }

    /// <summary>The weight tensor of a choice of outputs and inputs.</summary>
    /// <param name="outputs">The outputs that stay, in their order.</param>
    /// <param name="inputs">The inputs that stay, in their order.</param>
    /// <param name="isErased">Outputs for which it holds get zeros.</param>
    /// <param name="standIns">Inputs whose scaled weights are added to those of other inputs.</param>
    public TensorProto SelectWeights(
        IReadOnlyList<int> outputs, IReadOnlyList<int> inputs, Predicate<int> isErased, IReadOnlyList<StandIn> standIns)
    {
        var source = WithStandIns(standIns);
        var selected = new float[outputs.Count * inputs.Count * kernelSize];
        var newOutputStride = outputsComeFirst ? inputs.Count * kernelSize : 1;
        var newInputStride = outputsComeFirst ? kernelSize : outputs.Count;
        for (var o = 0; o < outputs.Count; o++)
        {
            for (var i = 0; i < inputs.Count && !isErased(outputs[o]); i++)
            {
                source.AsSpan(Index(outputs[o], inputs[i], 0), kernelSize)
                    .CopyTo(selected.AsSpan(o * newOutputStride + i * newInputStride));
            }
        }

        long[] plane = outputsComeFirst ? [outputs.Count, inputs.Count] : [inputs.Count, outputs.Count];
        return Protos.Tensor(Node.Input[1], plane.Concat(kernelShape), selected);
    }

    private float[] WithStandIns(IReadOnlyList<StandIn> standIns)
    {
        if (standIns.Count == 0)
        {
            return weights;
        }

        var changed = (float[])weights.Clone();
        foreach (var others in standIns.GroupBy(standIn => standIn.Kept))
        {
            for (var output = 0; output < Outputs; output++)
            {
                for (var position = 0; position < kernelSize; position++)
                {
                    double sum = weights[Index(output, others.Key, position)];
                    sum += others.Sum(other => other.Ratio * weights[Index(output, other.Input, position)]);
                    changed[Index(output, others.Key, position)] = (float)sum;
                }
            }
        }

        return changed;
    }

    private int Index(int output, int input, int position) => output * outputStride + input * inputStride + position;

    /// <summary>The layer that a node is; null when it is something else or uses a feature that this view does not have.</summary>
    public static LinearLayer? TryRead(NodeProto node, GraphIndex graph)
    {
        if (!node.IsStandard() || graph.Constant(node.InputOrNull(1)) is not { } weight || weight.Dims.Any(size => size <= 0))
        {
            return null;
        }

        if (TensorData.TryReadFloats(weight) is not { } values)
        {
            return null;
        }

        return node.OpType switch
        {
            "Gemm" when weight.Dims.Count == 2 && IsPlainGemm(node) => Create(node.IntOr("transB", 0) != 0, padsWithZeros: false),
            "MatMul" when weight.Dims.Count == 2 => Create(outputsComeFirst: false, padsWithZeros: false),
            "Conv" when weight.Dims.Count > 2 && node.IntOr("group", 1) == 1 => Create(outputsComeFirst: true, IsPadded(node)),
            _ => null,
        };

        LinearLayer? Create(bool outputsComeFirst, bool padsWithZeros)
        {
            var outputs = weight.Dims[outputsComeFirst ? 0 : 1];
            var bias = ReadBias(graph.Constant(node.InputOrNull(2)), outputs);
            var biasIsUnknown = node.InputOrNull(2) is not null && bias is null;
            return biasIsUnknown ? null : new LinearLayer(node, weight, values, bias, outputsComeFirst, padsWithZeros);
        }
    }

    private static float[]? ReadBias(TensorProto? bias, long outputs)
    {
        if (bias is null || TensorData.TryReadFloats(bias) is not { } values)
        {
            return null;
        }

        var isRow = values.Length == outputs && bias.Dims.Count > 0 && bias.Dims[^1] == outputs;
        return isRow ? values
            : values.Length == 1 ? Enumerable.Repeat(values[0], (int)outputs).ToArray()
            : null;
    }

    private static bool IsPlainGemm(NodeProto node) =>
        node.IntOr("transA", 0) == 0 && node.FloatOr("alpha", 1) == 1 && node.FloatOr("beta", 1) == 1;

    private static bool IsPadded(NodeProto node) =>
        node.TextOr("auto_pad", "NOTSET") is not ("NOTSET" or "VALID") || node.IntsOrEmpty("pads").Any(size => size != 0);
}

/// <summary>Consecutive inputs of a layer: one channel, or the features that a channel became when it was flattened.</summary>
internal readonly record struct InputRange(int First, int Count);

/// <summary>An input of constant value whose part another input of constant value takes over.</summary>
/// <param name="Input">The input that goes.</param>
/// <param name="Kept">The input that stands in for it.</param>
/// <param name="Ratio">The value of the first divided by that of the second.</param>
internal readonly record struct StandIn(int Input, int Kept, double Ratio);
