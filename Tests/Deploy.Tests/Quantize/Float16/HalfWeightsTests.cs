using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Quantize.Float16;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize.Float16;

public class HalfWeightsTests
{
    private readonly Random random = new(1);

    [Fact]
    public void The_file_is_half_as_large_and_computes_nearly_the_same()
    {
        var model = Perceptron(RandomFloats(random, 64 * 20));

        var half = HalfWeights.Convert(model);

        Assert.Equal((1, 0), (half.HalfTensors, half.KeptTensors.Count));
        Assert.InRange(half.Model.CalculateSize(), 64 * 20 * 2, 64 * 20 * 2 + 500);
        AssertClose(Run(model), Run(half.Model), relative: 2e-3);
    }

    [Fact]
    public void ONNX_Runtime_computes_the_casts_at_load() =>
        Assert.DoesNotContain("Cast", Quantizing.OptimizedOperators(HalfWeights.Convert(Perceptron(RandomFloats(random, 64 * 20))).Model));

    [Fact]
    public void Zeros_stay_zeros()
    {
        var weights = RandomFloats(random, 64 * 20);
        for (var i = 0; i < weights.Length; i += 3)
        {
            weights[i] = 0;
        }

        var half = HalfWeights.Convert(Perceptron(weights)).Model.Graph.Initializer.Single(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float16);

        var codes = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(half.RawData.Span).ToArray();
        Assert.All(Enumerable.Range(0, weights.Length), i => Assert.Equal(weights[i] == 0, codes[i] == Half.Zero));
    }

    [Theory]
    [InlineData(65520f)] // rounds to 65536, beyond the largest
    [InlineData(-1e30f)]
    public void A_tensor_with_an_entry_beyond_the_largest_float16_stays_float32(float entry)
    {
        var model = Perceptron([.. RandomFloats(random, 64 * 20 - 1), entry], RandomFloats(random, 64));

        var half = HalfWeights.Convert(model);

        Assert.Equal(["fc.weight"], half.KeptTensors);
        Assert.Equal(1, half.HalfTensors);
        Assert.Equal(Floats(model, "fc.weight"), Floats(half.Model, "fc.weight"));
    }

    [Fact]
    public void A_tensor_that_would_vanish_stays_float32()
    {
        var tiny = RandomFloats(random, 64 * 20).Select(value => value * 1e-8f).ToArray();

        var error = Assert.Throws<QuantizationException>(() => HalfWeights.Convert(Perceptron(tiny)));

        Assert.Contains("fc.weight", error.Why);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_are_refused_by_name(float entry)
    {
        var error = Assert.Throws<QuantizationException>(() => HalfWeights.Convert(Perceptron([entry, .. RandomFloats(random, 64 * 20 - 1)])));

        Assert.Contains("'fc.weight'", error.What);
    }

    [Fact]
    public void A_model_without_weights_is_refused() =>
        Assert.Throws<QuantizationException>(() => HalfWeights.Convert(new SequentialGraph(5).Then("Relu").Build(5)));

    private static ModelProto Perceptron(float[] weights, float[]? bias = null) =>
        new SequentialGraph(weights.Length / 64).Gemm("fc", 64, weights, bias).Then("Relu").Build(64);
}
