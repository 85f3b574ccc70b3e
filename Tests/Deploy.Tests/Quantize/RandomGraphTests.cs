using FsCheck;
using FsCheck.Fluent;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Quantizing;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class RandomGraphTests
{
    private const int Graphs = 60;

    // Eight bits are little where large values cancel: single graphs may be far off, not the graphs at large.
    [Fact]
    public void Whatever_branches_and_joins_there_are_quantised_computes_nearly_the_same()
    {
        var errors = new List<double>();
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

        Prop.ForAll(seeds, seed => Error(seed) < 0.5).Check(Config.QuickThrowOnFailure.WithMaxTest(Graphs));

        Assert.InRange(errors.Order().ElementAt(Graphs / 2), 0, 0.02);

        double Error(int seed)
        {
            var model = RandomGraph.Create(seed);
            var quantized = Quantized(model, new QuantizeOptions { Calibration = CalibrationMethod.MinMax, WeightBits = 8 });
            errors.Add(RelativeError(Run(model, 16, seed), Run(quantized, 16, seed)));
            return errors[^1];
        }
    }

    /// <summary>The root of the mean squared error, as a share of that of the right values.</summary>
    private static double RelativeError(float[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual, (right, found) => (double)(right - found) * (right - found)).Sum())
        / Math.Max(1e-3, Math.Sqrt(expected.Sum(right => (double)right * right)));
}
