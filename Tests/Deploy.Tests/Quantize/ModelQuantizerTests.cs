using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Quantizing;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class ModelQuantizerTests
{
    private readonly Random random = new(3);

    [Fact]
    public void A_convolutional_network_runs_on_integers_from_end_to_end()
    {
        var operators = OptimizedOperators(Quantized(Convolutional()));

        Assert.Equal(["QLinearConv", "NhwcMaxPool", "QLinearConv", "QLinearAveragePool", "Flatten", "QGemm", "QGemm"], WithoutLayout(operators));
    }

    [Fact]
    public void A_residual_block_runs_on_integers_from_end_to_end()
    {
        var model = Residual();

        var operators = OptimizedOperators(Quantized(model));

        Assert.Equal(
            ["QLinearConv", "QLinearConv", "QLinearAdd", "QLinearConv", "QLinearConcat", "QLinearGlobalAveragePool", "Flatten", "QGemm"],
            WithoutLayout(operators));
        AssertClose(Run(model, 8), Run(Quantized(model), 8), relative: 0.1);
    }

    [Fact]
    public void Rectifiers_with_an_upper_end_vanish_into_the_codes()
    {
        var model = Clipped();

        var operators = OptimizedOperators(Quantized(model));

        Assert.DoesNotContain("Clip", operators);
        Assert.Equal(2, operators.Count(name => name == "QLinearConv"));
        AssertClose(Run(model, 8), Run(Quantized(model), 8), relative: 0.1);
    }

    [Fact]
    public void A_product_with_the_bias_behind_it_runs_on_integers()
    {
        var model = new SequentialGraph(3, 6)
            .MatMul("fc1", 8, RandomFloats(random, 48)).Add("fc1.bias", RandomFloats(random, 8), 8).Then("Relu")
            .MatMul("fc2", 4, RandomFloats(random, 32)).Build(3, 4);

        var operators = OptimizedOperators(Quantized(model));

        Assert.Equal(2, operators.Count(name => name == "MatMulIntegerToFloat"));
        Assert.DoesNotContain("Relu", operators);
        AssertClose(Run(model, 8), Run(Quantized(model), 8), relative: 0.1);
    }

    [Theory]
    [InlineData(CalibrationMethod.MinMax, 7)]
    [InlineData(CalibrationMethod.MinMax, 8)]
    [InlineData(CalibrationMethod.Percentile, 8)]
    [InlineData(CalibrationMethod.MeanSquaredError, 7)]
    public void It_computes_nearly_the_same(CalibrationMethod method, int bits)
    {
        var model = Convolutional();

        AssertClose(Run(model, 8), Run(Quantized(model, new QuantizeOptions { Calibration = method, WeightBits = bits }), 8), relative: bits == 7 ? 0.1 : 0.05);
    }

    [Fact]
    public void Zero_weights_are_codes_of_zero()
    {
        var weights = RandomFloats(random, 40).Select((value, i) => i % 3 == 0 ? 0 : value).ToArray();

        var quantized = Quantized(new SequentialGraph(10).Gemm("fc", 4, weights).Build(4));

        var codes = Tensor(quantized, "fc.weight.quantized").RawData.ToArray();
        Assert.Equal(weights.Select(weight => weight == 0), codes.Select(code => code == 0));
        Assert.All(Tensor(quantized, "fc.weight.zero_point").RawData.ToArray(), code => Assert.Equal(0, code));
    }

    [Fact]
    public void Weights_take_a_quarter_of_the_bytes()
    {
        var model = new SequentialGraph(200).Gemm("fc", 100, RandomFloats(random, 20_000)).Build(100);

        Assert.InRange(Quantized(model).CalculateSize(), 20_000, 22_000);
    }

    [Fact]
    public void Layers_that_are_to_stay_float_do()
    {
        var model = Convolutional();

        var result = Quantizing.Quantize(model, new QuantizeOptions { KeepFloat = ["conv1", "fc?"] });

        Assert.Equal([("conv1", false), ("conv2", true), ("fc1", false), ("fc2", false)], result.Layers.Select(layer => (layer.Name, layer.IsQuantized)));
        Assert.Equal(1, OptimizedOperators(result.Model).Count(name => name.StartsWith('Q') && name != "QuantizeLinear"));
        Assert.Equal(Floats(model, "conv1.weight"), Floats(result.Model, "conv1.weight"));
    }

    [Fact]
    public void A_convolution_whose_sums_the_graph_returns_keeps_the_name_of_its_output()
    {
        var model = new SequentialGraph(2, 4, 4).Conv("conv", 3, 2, RandomFloats(random, 54), padding: 1).Build(3, 4, 4);

        var quantized = Quantized(model);

        Assert.Equal(["output"], quantized.Graph.Output.Select(output => output.Name));
        AssertClose(Run(model, 4), Run(quantized, 4), relative: 0.03);
    }

    [Fact]
    public void Two_runs_give_the_same_bytes() => Assert.Equal(ModelFile.ToBytes(Quantized(Residual(9))), ModelFile.ToBytes(Quantized(Residual(9))));

    [Fact]
    public void A_fixed_batch_is_calibrated_in_batches_of_that_size()
    {
        var model = Convolutional();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 5 };

        AssertClose(Run(model, 5), Run(Quantized(model), 5), relative: 0.1);
    }

    private ModelProto Convolutional() => new SequentialGraph(2, 12, 12)
        .Conv("conv1", 8, 2, RandomFloats(random, 8 * 2 * 9), RandomFloats(random, 8), padding: 1).Then("Relu").MaxPool(2)
        .Conv("conv2", 6, 8, RandomFloats(random, 6 * 8 * 9), RandomFloats(random, 6)).Then("Relu").AveragePool(2).Flatten()
        .Gemm("fc1", 10, RandomFloats(random, 10 * 24), RandomFloats(random, 10)).Then("Relu")
        .Gemm("fc2", 4, RandomFloats(random, 4 * 10), RandomFloats(random, 4), transposed: false)
        .Build(4);

    private static ModelProto Residual(int seed = 4)
    {
        var random = new Random(seed);
        var graph = new SequentialGraph(2, 6, 6).Conv("stem", 4, 2, RandomFloats(random, 72), RandomFloats(random, 4), padding: 1).Then("Relu");
        var stem = graph.Current;
        graph.Conv("conv", 4, 4, RandomFloats(random, 144), padding: 1);
        var sum = graph.Join("Add", stem, graph.Current).Then("Relu").Current;
        var branch = graph.Conv("branch", 3, 4, RandomFloats(random, 12)).Current;
        return graph.Join("Concat", sum, branch).Then("GlobalAveragePool").Flatten().Gemm("fc", 5, RandomFloats(random, 35)).Build(5);
    }

    private ModelProto Clipped()
    {
        var graph = new SequentialGraph(2, 6, 6);
        graph.AddTensor("lower", [], [0]);
        graph.AddTensor("upper", [], [6]);
        return graph.Conv("conv1", 4, 2, RandomFloats(random, 72), padding: 1).Join("Clip", graph.Current, "lower", "upper")
            .Conv("conv2", 4, 4, RandomFloats(random, 144)).Join("Clip", graph.Current, "lower", "upper")
            .Flatten().Gemm("fc", 3, RandomFloats(random, 3 * 64)).Build(3);
    }

    /// <summary>Without the first quantisation, and what ONNX Runtime adds to have the channels last.</summary>
    private static IEnumerable<string> WithoutLayout(IEnumerable<string> operators) => operators.Where(name => name is not ("Transpose" or "QuantizeLinear"));
}
