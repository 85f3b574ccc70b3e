using FsCheck;
using FsCheck.Fluent;
using Onnx;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Shrink;

public class RandomGraphTests
{
    [Fact]
    public void Whatever_branches_and_joins_there_are_shrunk_computes_the_same()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, seed => ShrinksExactly(RandomGraph.Create(seed), seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static bool ShrinksExactly(ModelProto model, int seed)
    {
        var roundTo = seed % 4 == 0 ? 4 : 1;
        var shrunk = ModelShrinker.Shrink(model, new ShrinkOptions { RoundTo = roundTo });
        foreach (var batch in new[] { 1, 3 })
        {
            AssertClose(Run(model, batch, seed), Run(shrunk.Model, batch, seed), relative: 1e-3);
        }

        Assert.All(shrunk.Layers, layer => Assert.InRange(layer.UnitsAfter, 0, layer.UnitsBefore));
        return true;
    }
}
