using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink.Operators;

/// <summary>
/// A node that computes outputs as weighted sums of its inputs plus a bias: Gemm, MatMul, a convolution or a transposed one.
/// One view of all: entry (output, input of its group, position in the kernel), wherever the tensor keeps it.
/// </summary>
internal sealed class LinearLayer
{
    private readonly FloatTensor weight;
    private readonly bool outputsComeFirst;
    private readonly int kernelSize; // 1 for Gemm and MatMul
    private readonly int outputStride;
    private readonly int inputStride;
    private readonly bool[] hasWeight; // per output and input of its group

    private LinearLayer(NodeProto node, FloatTensor weight, float[]? bias, bool outputsComeFirst, int groups, bool seesBorders)
    {
        Node = node;
        Operator = node.OpType;
        Bias = bias;
        Groups = groups;
        SeesBorders = seesBorders;
        this.weight = weight;
        this.outputsComeFirst = outputsComeFirst;
        kernelSize = (int)KernelShape.Aggregate(1L, (product, size) => product * size);
        Outputs = (int)weight.Shape[outputsComeFirst ? 0 : 1];
        InputsPerGroup = (int)weight.Shape[outputsComeFirst ? 1 : 0];
        outputStride = outputsComeFirst ? InputsPerGroup * kernelSize : kernelSize;
        inputStride = outputsComeFirst ? kernelSize : Outputs * kernelSize;
        hasWeight = FindWeights();
    }

    public NodeProto Node { get; }

    /// <summary>Its operator when it was read.</summary>
    public string Operator { get; }

    public float[]? Bias { get; }
    public int Outputs { get; }
    public int Groups { get; }
    public int InputsPerGroup { get; }
    public int OutputsPerGroup => Outputs / Groups;
    public int Inputs => InputsPerGroup * Groups;

    /// <summary>Sizes of the kernel; empty for Gemm and MatMul.</summary>
    public IEnumerable<long> KernelShape => weight.Shape.Skip(2);

    /// <summary>Whether an input that is 1 everywhere gives outputs that differ from place to place, as where zeros are put around it.</summary>
    public bool SeesBorders { get; }

    public string WeightName => weight.Name;

    public long WeightCount => weight.Values.Length;

    public long ZeroCount => weight.Values.Count(0f);

    public long ParameterCount => WeightCount + (Bias?.LongLength ?? 0);

    /// <summary>Whether anything non-zero leads from an input of an output's group to that output.</summary>
    /// <remarks>NaN counts as a weight: such a model is not ours to simplify.</remarks>
    public bool HasWeight(int output, int inputOfGroup) => hasWeight[output * InputsPerGroup + inputOfGroup];

    public bool HasWeights(int output) => hasWeight.AsSpan(output * InputsPerGroup, InputsPerGroup).Contains(true);

    /// <summary>What an input that is 1 everywhere adds to an output.</summary>
    public double WeightSum(int output, int inputOfGroup)
    {
        var sum = 0.0;
        foreach (var entry in Kernel(output, inputOfGroup))
        {
            sum += entry;
        }
        return sum;
    }

    /// <summary>The weight tensor of a choice of outputs, and of inputs of every group.</summary>
    /// <param name="outputs">The outputs that stay, in their order.</param>
    /// <param name="inputs">The inputs that stay in each group, in their order.</param>
    /// <param name="isErased">Outputs for which it holds get zeros.</param>
    /// <param name="anchor">The input that takes over the weights of the stand-ins; any if there are none.</param>
    /// <param name="standIns">Inputs whose weights go to the anchor's, scaled.</param>
    public TensorProto SelectWeights(
        IReadOnlyList<int> outputs, IReadOnlyList<int> inputs, Predicate<int> isErased, int anchor, IReadOnlyList<StandIn> standIns)
    {
        var selected = new float[outputs.Count * inputs.Count * kernelSize];
        var newOutputStride = outputsComeFirst ? inputs.Count * kernelSize : kernelSize;
        var newInputStride = outputsComeFirst ? kernelSize : outputs.Count * kernelSize;
        for (var o = 0; o < outputs.Count; o++)
        {
            for (var i = 0; i < inputs.Count && !isErased(outputs[o]); i++)
            {
                var target = selected.AsSpan(o * newOutputStride + i * newInputStride, kernelSize);
                Kernel(outputs[o], inputs[i]).CopyTo(target);
                if (inputs[i] == anchor && standIns.Count > 0)
                {
                    AddStandIns(outputs[o], standIns, target);
                }
            }
        }

        long[] plane = outputsComeFirst ? [outputs.Count, inputs.Count] : [inputs.Count, outputs.Count];
        return Protos.Tensor(weight.Name, plane.Concat(KernelShape), selected);
    }

    private void AddStandIns(int output, IReadOnlyList<StandIn> standIns, Span<float> target)
    {
        for (var position = 0; position < target.Length; position++)
        {
            double sum = target[position];
            foreach (var (input, ratio) in standIns)
            {
                sum += ratio * Kernel(output, input)[position];
            }
            target[position] = (float)sum;
        }
    }

    private ReadOnlySpan<float> Kernel(int output, int inputOfGroup) =>
        weight.Values.Slice(output * outputStride + inputOfGroup * inputStride, kernelSize);

    private bool[] FindWeights()
    {
        var found = new bool[Outputs * InputsPerGroup];
        for (var output = 0; output < Outputs; output++)
        {
            for (var input = 0; input < InputsPerGroup; input++)
            {
                foreach (var entry in Kernel(output, input))
                {
                    if (entry != 0)
                    {
                        found[output * InputsPerGroup + input] = true;
                        break;
                    }
                }
            }
        }
        return found;
    }

    /// <summary>The layer that a node is; null when it is something else or uses a feature that this view does not have.</summary>
    public static LinearLayer? TryRead(NodeProto node, ChannelGraph graph)
    {
        if (graph.Floats(node.InputOrNull(1)) is not { } weight || weight.Shape.Any(size => size <= 0))
        {
            return null;
        }

        var rank = weight.Shape.Count;
        var groups = node.IntOr("group", 1);
        return node.OpType switch
        {
            "Gemm" when rank == 2 && IsPlainGemm(node) => Create(node.IntOr("transB", 0) != 0),
            "MatMul" when rank == 2 => Create(outputsComeFirst: false),
            "Conv" when rank > 2 && groups > 0 && weight.Shape[0] % groups == 0 => Create(outputsComeFirst: true, (int)groups, Window.IsPadded(node)),
            "ConvTranspose" when rank > 2 && groups == 1 => Create(outputsComeFirst: false, 1, seesBorders: true),
            _ => null,
        };

        LinearLayer? Create(bool outputsComeFirst, int groups = 1, bool seesBorders = false)
        {
            var outputs = weight.Shape[outputsComeFirst ? 0 : 1];
            var bias = ReadBias(graph.Floats(node.InputOrNull(2)), outputs);
            var biasIsUnknown = node.InputOrNull(2) is not null && bias is null;
            return biasIsUnknown ? null : new LinearLayer(node, weight, bias, outputsComeFirst, groups, seesBorders);
        }
    }

    /// <summary>A bias with one entry for each output, as the node adds it; null when it has another shape.</summary>
    public static float[]? ReadBias(FloatTensor? bias, long outputs)
    {
        var isRow = bias?.Values.Length == outputs && bias.Shape.Count > 0 && bias.Shape[^1] == outputs;
        return isRow ? bias!.Values.ToArray()
            : bias?.Values.Length == 1 ? Enumerable.Repeat(bias.Values[0], (int)outputs).ToArray()
            : null;
    }

    /// <summary>Whether a Gemm is the product of its inputs plus its bias, nothing scaled and only the weights transposed.</summary>
    public static bool IsPlainGemm(NodeProto node) =>
        node.IntOr("transA", 0) == 0 && node.FloatOr("alpha", 1) == 1 && node.FloatOr("beta", 1) == 1;

}

/// <summary>An input of constant value whose part another input of constant value takes over.</summary>
/// <param name="Input">The input that goes.</param>
/// <param name="Ratio">Its value divided by that of the one that stays.</param>
internal readonly record struct StandIn(int Input, double Ratio);
