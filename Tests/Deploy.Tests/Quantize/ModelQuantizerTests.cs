using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Quantizing;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class ModelQuantizerTests
{
    private static readonly Random Random = new(3);

    [Fact]
    public void A_convolutional_network_runs_on_integers_from_end_to_end()
    {
        var quantized = Quantized(Convolutional());

        Assert.Equal(
            ["QuantizeLinear", "QLinearConv", "MaxPool", "QLinearConv", "QLinearAveragePool", "Flatten", "QGemm", "QGemm"],
            OptimizedOperators(quantized));
    }

    [Fact]
    public void It_computes_nearly_the_same()
    {
        var model = Convolutional();

        AssertClose(Run(model, 8), Run(Quantized(model), 8), relative: 0.05);
    }

    private static ModelProto Convolutional() => new SequentialGraph(2, 12, 12)
        .Conv("conv1", 8, 2, RandomFloats(Random, 8 * 2 * 9), RandomFloats(Random, 8), padding: 1).Then("Relu").MaxPool(2)
        .Conv("conv2", 6, 8, RandomFloats(Random, 6 * 8 * 9), RandomFloats(Random, 6)).Then("Relu").AveragePool(2).Flatten()
        .Gemm("fc1", 10, RandomFloats(Random, 10 * 24), RandomFloats(Random, 10)).Then("Relu")
        .Gemm("fc2", 4, RandomFloats(Random, 4 * 10), RandomFloats(Random, 4), transposed: false)
        .Build(4);
}
