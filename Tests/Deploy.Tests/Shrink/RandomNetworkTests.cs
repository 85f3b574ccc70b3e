using FsCheck;
using FsCheck.Fluent;
using Onnx;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Shrink;

public class RandomNetworkTests
{
    [Fact]
    public void Shrunk_computes_the_same_and_has_no_dead_unit_left()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, seed => ShrinksExactly(RandomNetwork.Create(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static bool ShrinksExactly(RandomNetwork network)
    {
        var shrunk = ModelShrinker.Shrink(network.Model).Model;
        AssertClose(Run(network.Model), Run(shrunk), relative: 1e-4);
        for (var i = 0; i + 1 < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            var next = network.Layers[i + 1];
            var units = Shape(shrunk, $"{layer.Name}.weight")[0];
            if (units == 1)
            {
                continue;
            }

            var incoming = Rows(shrunk, layer.Name, (int)units);
            var constants = incoming.Count(row => row.All(weight => weight == 0));
            Assert.True(constants <= (next.IsPadded ? 1 : 0), $"{constants} units of {layer.Name} are constant."); // a border shows one
            var outgoing = Columns(shrunk, next.Name, (int)units);
            Assert.All(outgoing, column => Assert.Contains(column, weight => weight != 0));
        }
        return true;
    }

    private static IEnumerable<float[]> Rows(ModelProto model, string layer, int units)
    {
        var weights = Floats(model, $"{layer}.weight");
        return weights.Chunk(weights.Length / units);
    }

    private static IEnumerable<IEnumerable<float>> Columns(ModelProto model, string layer, int units)
    {
        var outputs = (int)Shape(model, $"{layer}.weight")[0];
        var perUnit = Rows(model, layer, outputs).Select(row => row.Chunk(row.Length / units).ToArray()).ToArray();
        return Enumerable.Range(0, units).Select(unit => perUnit.SelectMany(row => row[unit]));
    }
}
