using Onnx;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class FloatLayerSelectionTests
{
    private static readonly SampleSource Samples = SampleSource.Random(5);

    [Fact]
    public void Where_the_limits_are_kept_anyway_everything_is_quantised() =>
        Assert.All(Layers(new Limits(1, 0)), layer => Assert.True(layer.IsQuantized));

    [Fact]
    public void The_layer_that_costs_most_stays_float_first()
    {
        var loose = Layers(new Limits(0.02, 0));

        Assert.Equal(["fragile"], loose.Where(layer => !layer.IsQuantized).Select(layer => layer.Name));
    }

    [Fact]
    public void Where_nothing_helps_one_layer_is_quantised_all_the_same() =>
        Assert.Single(Layers(new Limits(0, 0)), layer => layer.IsQuantized);

    /// <summary>The input of one layer has an entry a hundred times as large as those that matter to the outputs.</summary>
    private static IReadOnlyList<QuantizedLayer> Layers(Limits limits)
    {
        var random = new Random(1);
        float[] spread = [.. RandomFloats(random, 8 * 8)];
        for (var i = 0; i < 8; i++)
        {
            spread[i] *= 1000;
        }

        var fragile = RandomFloats(random, 4 * 8);
        for (var i = 0; i < fragile.Length; i += 8)
        {
            fragile[i] = 0;
        }

        var model = new SequentialGraph(8).Gemm("robust", 8, RandomFloats(random, 64)).Gemm("spread", 8, spread).Gemm("fragile", 4, fragile).Build(4);
        var options = new QuantizeOptions { Calibration = CalibrationMethod.MinMax, WeightBits = 8, CalibrationSamples = 64 };
        return FloatLayerSelection.Quantize(ModelQuantizer.Calibrate(model, Samples, options, default), Samples, limits, default).Layers;
    }
}
