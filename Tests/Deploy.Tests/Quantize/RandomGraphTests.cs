using FsCheck;
using FsCheck.Fluent;
using Onnx;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Quantizing;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class RandomGraphTests
{
    [Fact]
    public void Whatever_branches_and_joins_there_are_quantised_computes_nearly_the_same()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, seed => IsNear(RandomGraph.Create(seed), seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static bool IsNear(ModelProto model, int seed)
    {
        var quantized = Quantized(model, new QuantizeOptions { Calibration = CalibrationMethod.MinMax });
        foreach (var batch in new[] { 1, 3 })
        {
            AssertClose(Run(model, batch, seed), Run(quantized, batch, seed), relative: 0.3);
        }

        return true;
    }
}
