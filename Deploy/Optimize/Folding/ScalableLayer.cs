using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Shrink.Operators;

namespace SparseHybrid.Deploy.Optimize.Folding;

/// <summary>
/// A convolution, transposed convolution or Gemm whose weights no one else reads, seen as plane [first, second] of kernels: the outputs
/// and the inputs of a group, in the order that the operator has them.
/// </summary>
internal sealed class ScalableLayer
{
    private readonly NodeProto node;
    private readonly FloatTensor weight;
    private readonly float[]? bias;
    private readonly bool outputsComeFirst;
    private readonly int groups;
    private readonly int kernel;

    private ScalableLayer(NodeProto node, FloatTensor weight, float[]? bias, bool outputsComeFirst, int groups)
    {
        this.node = node;
        this.weight = weight;
        this.bias = bias;
        this.outputsComeFirst = outputsComeFirst;
        this.groups = groups;
        kernel = (int)weight.Shape.Skip(2).Aggregate(1L, (product, size) => product * size);
    }

    public int Outputs => (int)(outputsComeFirst ? weight.Shape[0] : weight.Shape[1] * groups);

    public int Inputs => (int)(outputsComeFirst ? weight.Shape[1] * groups : weight.Shape[0]);

    /// <summary>Whether an input that is the same everywhere gives outputs that are not, as where zeros are put around it.</summary>
    public bool SeesBorders => node.OpType == "ConvTranspose" || (node.OpType == "Conv" && Window.IsPadded(node));

    /// <summary>The layer that a node is; null when it is something else, or others read its weights.</summary>
    public static ScalableLayer? TryRead(NodeProto node, GraphIndex index)
    {
        var groups = node.IntOr("group", 1);
        if (!node.IsStandard() || node.Input.Count < 2 || index.UseCount(node.Input[1]) != 1
            || FloatTensor.TryRead(index.Constant(node.Input[1])) is not { } weight || groups < 1 || weight.Shape.Any(size => size < 1))
        {
            return null;
        }

        var rank = weight.Shape.Count;
        return node.OpType switch
        {
            "Conv" when rank > 2 && weight.Shape[0] % groups == 0 => Create(outputsComeFirst: true),
            "ConvTranspose" when rank > 2 && weight.Shape[0] % groups == 0 => Create(outputsComeFirst: false),
            "Gemm" when rank == 2 && groups == 1 && LinearLayer.IsPlainGemm(node) => Create(node.IntOr("transB", 0) != 0),
            _ => null,
        };

        ScalableLayer? Create(bool outputsComeFirst)
        {
            var outputs = outputsComeFirst ? weight.Shape[0] : weight.Shape[1] * groups;
            var bias = LinearLayer.ReadBias(FloatTensor.TryRead(index.Constant(node.InputOrNull(2))), outputs);
            return bias is null && node.InputOrNull(2) is not null ? null : new ScalableLayer(node, weight, bias, outputsComeFirst, (int)groups);
        }
    }

    public double Bias(int output) => bias?[output] ?? 0;

    /// <summary>The weights, each times a factor of its output and input.</summary>
    public TensorProto Scaled(Func<int, int, double> factor)
    {
        var scaled = new float[weight.Values.Length];
        for (var pair = 0; pair < scaled.Length / kernel; pair++)
        {
            var (output, input) = Places(pair);
            var by = factor(output, input);
            for (var i = pair * kernel; i < (pair + 1) * kernel; i++)
            {
                scaled[i] = (float)(weight.Values[i] * by);
            }
        }

        return Protos.Tensor(weight.Name, weight.Shape, scaled);
    }

    /// <summary>What inputs that are constant, each with its own value, add to each output.</summary>
    public double[] SumsOverInputs(double[] values)
    {
        var sums = new double[Outputs];
        for (var pair = 0; pair < weight.Values.Length / kernel; pair++)
        {
            var (output, input) = Places(pair);
            for (var i = pair * kernel; i < (pair + 1) * kernel; i++)
            {
                sums[output] += weight.Values[i] * values[input];
            }
        }

        return sums;
    }

    /// <summary>A bias of an entry for each output.</summary>
    public TensorProto Biases(Func<int, double> entry)
    {
        float[] entries = [.. Enumerable.Range(0, Outputs).Select(output => (float)entry(output))];
        return Protos.Tensor($"{LayerName.Of(node)}.bias", [entries.Length], entries);
    }

    /// <summary>The output and the input that a kernel stands between.</summary>
    private (int Output, int Input) Places(int pair)
    {
        var columns = (int)weight.Shape[1];
        var (row, column) = (pair / columns, pair % columns);
        var rowsPerGroup = (int)weight.Shape[0] / groups;
        var across = row / rowsPerGroup * columns + column; // the second dimension counts within a group
        return outputsComeFirst ? (row, across) : (across, row);
    }
}
