using FsCheck;
using FsCheck.Fluent;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class SymmetricWeightsTests
{
    private const int Outputs = 4;
    private const int Inputs = 6;

    private static readonly Arbitrary<(int Seed, int Bits, bool Transposed)> Cases =
        (from seed in Gen.Choose(0, int.MaxValue - 1)
         from bits in Gen.Elements(7, 8)
         from transposed in Gen.Elements(true, false)
         select (seed, bits, transposed)).ToArbitrary();

    [Fact]
    public void A_weight_comes_back_within_half_a_step_of_its_own_output() => ForAllLayers((layer, weights, bits) =>
        Every(layer, entry => Math.Abs(Number(layer, weights, entry) - layer.Weight.Values[entry]) <= 0.5001f * weights.Scales[layer.OutputOf(entry)]));

    [Fact]
    public void Zeros_stay_exactly_zero() => ForAllLayers((layer, weights, bits) =>
        Every(layer, entry => layer.Weight.Values[entry] != 0 || weights.Codes[entry] == 0));

    [Fact]
    public void The_largest_weight_of_an_output_takes_the_largest_code() => ForAllLayers((layer, weights, bits) =>
        Enumerable.Range(0, Outputs).All(output =>
        {
            var entries = Enumerable.Range(0, layer.Weight.Values.Length).Where(entry => layer.OutputOf(entry) == output).ToList();
            return entries.All(entry => layer.Weight.Values[entry] == 0)
                || entries.Max(entry => Math.Abs((int)weights.Codes[entry])) == (bits == 7 ? 64 : 127);
        }));

    [Fact]
    public void The_codes_of_a_bias_without_weights_are_fine_and_fit()
    {
        var layer = Layer(new float[Outputs * Inputs], [0.1f, -3, 0, 1e20f]);

        var weights = SymmetricWeights.Of(layer, 0.01f, 7);

        var codes = layer.Bias!.Zip(weights.Scales, (bias, scale) => bias / (scale * 0.01)).ToList();
        Assert.All(codes.Where(code => code != 0), code => Assert.InRange(Math.Abs(code), 1 << 29, (1 << 30) + 1000));
    }

    [Fact]
    public void A_large_bias_makes_the_steps_of_its_weights_coarser()
    {
        var layer = Layer([.. Enumerable.Repeat(1e-6f, Outputs * Inputs)], [1000, 0, 0, 0]);

        var weights = SymmetricWeights.Of(layer, 1e-3f, 7);

        Assert.True(1000 / (weights.Scales[0] * 1e-3) <= int.MaxValue);
        Assert.True(weights.Scales[0] > weights.Scales[1]);
    }

    private static void ForAllLayers(Func<IntegerLayer, SymmetricWeights, int, bool> law) => Prop.ForAll(Cases, entry =>
    {
        var random = new Random(entry.Seed);
        var values = RandomFloats(random, Outputs * Inputs).Select(value => random.Next(3) == 0 ? 0 : value).ToArray();
        var layer = Layer(values, RandomFloats(random, Outputs), entry.Transposed);
        return law(layer, SymmetricWeights.Of(layer, random.NextSingle() + 0.001f, entry.Bits), entry.Bits);
    }).QuickCheckThrowOnFailure();

    private static bool Every(IntegerLayer layer, Predicate<int> holds) => Enumerable.Range(0, layer.Weight.Values.Length).All(entry => holds(entry));

    private static float Number(IntegerLayer layer, SymmetricWeights weights, int entry) => weights.Codes[entry] * weights.Scales[layer.OutputOf(entry)];

    private static IntegerLayer Layer(float[] values, float[] bias, bool transposed = true)
    {
        var graph = new SequentialGraph(Inputs).Gemm("fc", Outputs, values, bias, transposed).Build(Outputs).Graph;
        return IntegerLayer.TryRead(graph.Node[0], new GraphIndex(graph))!;
    }
}
