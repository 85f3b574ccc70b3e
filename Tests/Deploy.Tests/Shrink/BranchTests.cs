using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Shrink;

/// <summary>Branches that part, and meet again in sums and concatenations.</summary>
public class BranchTests
{
    private readonly Random random = new(1);

    [Fact]
    public void A_branch_of_a_sum_that_is_zero_goes_as_a_whole()
    {
        var sketch = Trunk(4).Conv("inner", 6, 4, RandomFloats(random, 6 * 4 * 9), padding: 1).Then("Relu").Conv("outer", 4, 6, new float[24]);
        var model = Finish(Join(sketch, "Add", "trunk", sketch.Current), 4);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([("trunk", 4), ("inner", 0), ("outer", 0), ("head", 2)], result.Layers.Select(layer => (layer.Name, layer.UnitsAfter)));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void A_segment_of_a_concatenation_that_is_zero_goes_as_a_whole()
    {
        var sketch = Trunk(4).Conv("side", 3, 4, new float[12]);
        var model = Finish(Join(sketch, "Concat", "trunk", sketch.Current, Protos.Attribute("axis", 1)), 7);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([("trunk", 4), ("side", 0), ("head", 2)], result.Layers.Select(layer => (layer.Name, layer.UnitsAfter)));
        Assert.Equal([2L, 4], Shape(result.Model, "head.weight"));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void A_group_goes_when_all_of_its_channels_are_dead()
    {
        var weights = RandomFloats(random, 6 * 2 * 9);
        weights.AsSpan(2 * 2 * 9, 2 * 2 * 9).Clear(); // the second of three groups
        var model = Finish(Trunk(6).Conv("groups", 6, 2, weights, padding: 1, group: 3), 6);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([4, 4, 2], result.Layers.Select(layer => layer.UnitsAfter));
        Assert.Equal(2, result.Model.Graph.Node.Single(node => node.Name == "groups").IntOr("group", 1));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void A_constant_in_front_of_a_padded_depthwise_convolution_shows_at_the_border_and_stays()
    {
        var filters = RandomFloats(random, 3 * 2);
        filters.AsSpan(2, 2).Clear();
        var model = Finish(
            new SequentialGraph(2, 5, 5).Conv("conv", 3, 2, filters, [0.1f, 0.5f, 0.2f]).Then("Relu")
                .Conv("depthwise", 3, 1, RandomFloats(random, 27), padding: 1, group: 3), 3);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([3, 3, 2], result.Layers.Select(layer => layer.UnitsAfter));
        AssertClose(Run(model), Run(result.Model));
    }

    private SequentialGraph Trunk(int channels)
    {
        var sketch = new SequentialGraph(2, 5, 5).Conv("trunk", channels, 2, RandomFloats(random, channels * 2 * 9), padding: 1);
        sketch.Graph.Node[^1].Output[0] = "trunk";
        return sketch.Continue("trunk");
    }

    private static SequentialGraph Join(SequentialGraph sketch, string operation, string first, string second, params AttributeProto[] attributes)
    {
        sketch.Graph.Node.Add(Protos.Node(operation, "join", [first, second], ["joined"], attributes));
        return sketch.Continue("joined");
    }

    private ModelProto Finish(SequentialGraph sketch, int channels) =>
        sketch.Then("Relu").Then("GlobalAveragePool").Flatten().Gemm("head", 2, RandomFloats(random, 2 * channels), [1, 2]).Build(2);
}
