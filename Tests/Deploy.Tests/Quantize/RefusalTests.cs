using Onnx;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using TorchSharp;
using static SparseHybrid.Deploy.Tests.Support.Quantizing;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class RefusalTests
{
    private readonly Random random = new(3);

    [Fact]
    public void A_quantised_model_is_refused()
    {
        var quantized = Quantized(Perceptron());

        Assert.Contains("quantised already", Refusal(quantized).What);
    }

    [Fact]
    public void A_model_without_layers_is_refused()
    {
        var model = new SequentialGraph(4).Then("Relu").Build(4);

        Assert.Contains("nothing to quantise", Refusal(model).What);
    }

    [Fact]
    public void So_is_one_whose_every_layer_is_to_stay_float()
    {
        var error = Refusal(Perceptron(), new QuantizeOptions { KeepFloat = ["*"] });

        Assert.Contains("fc", error.Why);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_that_are_not_finite_are_refused_by_layer(float entry)
    {
        var model = new SequentialGraph(4).Gemm("fc", 2, [entry, .. RandomFloats(random, 7)]).Build(2);

        Assert.Contains("'fc'", Refusal(model).What);
    }

    [Fact]
    public void Values_that_overflow_are_refused_by_name()
    {
        var model = new SequentialGraph(4).Gemm("fc1", 4, [.. Enumerable.Repeat(3e38f, 16)]).Gemm("fc2", 2, RandomFloats(random, 8)).Build(2);

        Assert.Contains("'value1'", Refusal(model).What);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Samples_that_are_not_finite_are_refused(float entry)
    {
        using var samples = torch.tensor([1, 2, 3, 4, 5, 6, 7, entry], [2, 4]);

        var error = Assert.Throws<QuantizationException>(() => ModelQuantizer.Quantize(Perceptron(), SampleSource.FromTensor(samples, "test")));

        Assert.Contains("'input'", error.What);
    }

    [Fact]
    public void No_samples_are_the_mistake_of_the_caller()
    {
        using var samples = torch.zeros(0, 4);

        Assert.Throws<ArgumentException>(() => SampleSource.FromTensor(samples, "test"));
    }

    [Fact]
    public void Samples_of_another_shape_are_refused()
    {
        using var samples = torch.zeros(2, 5);

        var error = Assert.Throws<ModelFileException>(() => ModelQuantizer.Quantize(Perceptron(), SampleSource.FromTensor(samples, "test")));

        Assert.Contains("samples of 5", error.What);
    }

    [Fact]
    public void An_operator_set_is_raised_where_nothing_changes_its_meaning()
    {
        var model = Perceptron();
        model.OpsetImport[0].Version = 11;

        var quantized = Quantized(model);

        Assert.Equal(13, quantized.OpsetImport[0].Version);
        AssertClose(Run(model), Run(quantized), relative: 0.1);
    }

    [Theory]
    [InlineData(11, "Softmax")]
    [InlineData(8, "Relu")]
    public void Else_it_is_refused(int version, string operation)
    {
        var model = new SequentialGraph(4).Gemm("fc", 2, RandomFloats(random, 8)).Then(operation).Build(2);
        model.OpsetImport[0].Version = version;

        Assert.Contains($"version {version}", Refusal(model).Why);
    }

    [Fact]
    public void Options_out_of_range_are_listed_together()
    {
        var options = new QuantizeOptions { Percentile = 20, WeightBits = 4, Batch = 0, CalibrationSamples = 0, Calibration = (CalibrationMethod)9, KeepFloat = [""] };

        var error = Assert.Throws<ArgumentException>(options.Validate);

        Assert.All(["Percentile", "WeightBits", "Batch", "CalibrationSamples", "Calibration", "KeepFloat"], name => Assert.Contains(name, error.Message));
    }

    private ModelProto Perceptron() => new SequentialGraph(4).Gemm("fc", 2, RandomFloats(random, 8), RandomFloats(random, 2)).Build(2);

    private static QuantizationException Refusal(ModelProto model, QuantizeOptions? options = null) =>
        Assert.Throws<QuantizationException>(() => Quantizing.Quantize(model, options));
}
