using FsCheck;
using FsCheck.Fluent;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize.Folding;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Optimize.Folding;

public class GraphCleanupTests
{
    [Fact]
    public void Whatever_branches_and_joins_there_are_folded_computes_the_same_and_so_it_does_shrunk()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, seed => ComputesTheSame(RandomGraph.Create(seed), seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static bool ComputesTheSame(ModelProto model, int seed)
    {
        var before = model.Clone();
        var folded = GraphCleanup.Apply(model);
        var shrunk = GraphCleanup.Apply(ModelShrinker.Shrink(folded).Model);
        Assert.Equal(before, model);
        foreach (var batch in new[] { 1, 3 })
        {
            var expected = Run(model, batch, seed);
            AssertClose(expected, Run(folded, batch, seed), relative: 1e-3);
            AssertClose(expected, Run(shrunk, batch, seed), relative: 1e-3);
        }

        Assert.True(folded.Graph.Node.Count <= model.Graph.Node.Count);
        Assert.Equal(folded, GraphCleanup.Apply(folded));
        return true;
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public void A_batch_norm_becomes_part_of_the_convolution_before_it(long padding, long group)
    {
        var graph = Convolution(new SequentialGraph(4, 6, 6), padding, group);
        var model = Normed(graph, 6).Then("Relu").Build(6, 4 + 2 * padding, 4 + 2 * padding);

        var folded = GraphCleanup.Apply(model);

        Assert.Equal(["Conv", "Relu"], folded.Graph.Node.Select(node => node.OpType));
        Assert.Equal(["conv.bias", "conv.weight"], folded.Graph.Initializer.Select(tensor => tensor.Name).Order());
        AssertClose(Run(model), Run(folded));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 1, 2)] // the border of zeros is no part of what the norm shifts
    public void A_batch_norm_becomes_part_of_the_convolution_behind_it_where_that_has_no_border(long padding, long group, int nodes)
    {
        var model = Convolution(Normed(new SequentialGraph(4, 6, 6), 4), padding, group).Build(6, 4 + 2 * padding, 4 + 2 * padding);
        var folded = GraphCleanup.Apply(model);
        Assert.Equal(nodes, folded.Graph.Node.Count);
        AssertClose(Run(model), Run(folded));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_norm_becomes_part_of_a_Gemm(bool transposed)
    {
        var graph = new SequentialGraph(5).Gemm("fc", 6, RandomFloats(new Random(1), 30), RandomFloats(new Random(2), 6), transposed);
        var model = Normed(graph, 6).Gemm("last", 2, RandomFloats(new Random(3), 12), null, transposed).Build(2);
        var folded = GraphCleanup.Apply(model);
        Assert.Equal(["Gemm", "Gemm"], folded.Graph.Node.Select(node => node.OpType));
        AssertClose(Run(model), Run(folded));
    }

    [Fact]
    public void What_others_read_too_keeps_its_value()
    {
        var graph = Convolution(new SequentialGraph(4, 6, 6), 0, 1);
        var raw = graph.Current;
        Normed(graph, 6);
        graph.Graph.Node.Add(Protos.Node("Add", "sum", [graph.Current, raw], ["sum"]));
        var model = graph.Build(6, 4, 4);
        Assert.Equal(model.Graph.Node, GraphCleanup.Apply(model).Graph.Node);
    }

    [Fact]
    public void Constants_are_computed_once_and_what_would_grow_is_left()
    {
        var graph = new SequentialGraph(4);
        graph.AddTensor("a", [4], [1, 2, 3, 4]);
        graph.AddTensor("b", [1], [10]);
        graph.Graph.Initializer.Add(Protos.Tensor("many", [4000L, 4]));
        graph.Graph.Node.Add(Protos.Node("Mul", "product", ["a", "b"], ["product"]));
        graph.Graph.Node.Add(Protos.Node("Sqrt", "root", ["product"], ["root"]));
        graph.Graph.Node.Add(Protos.Node("Expand", "grown", ["root", "many"], ["grown"]));
        graph.Graph.Node.Add(Protos.Node("ReduceMax", "top", ["grown"], ["top"], Protos.Attribute("axes", [0L]), Protos.Attribute("keepdims", 0)));
        graph.Graph.Node.Add(Protos.Node("Add", "sum", ["input", "top"], ["sum"]));
        var model = graph.Build(4);

        var folded = GraphCleanup.Apply(model);

        Assert.Equal(["Expand", "ReduceMax", "Add"], folded.Graph.Node.Select(node => node.OpType));
        Assert.Equal(["many", "root"], folded.Graph.Initializer.Select(tensor => tensor.Name).Order());
        AssertClose(Run(model), Run(folded));
    }

    [Fact]
    public void Nodes_that_pass_on_their_input_go_and_inputs_and_outputs_keep_their_names()
    {
        var model = new SequentialGraph(3).Then("Identity").Then("Dropout").Then("Relu").Then("Identity").Build(3);
        var folded = GraphCleanup.Apply(model);
        var relu = Assert.Single(folded.Graph.Node);
        Assert.Equal(("Relu", "input", "output"), (relu.OpType, relu.Input[0], relu.Output[0]));

        var nothing = new SequentialGraph(3).Then("Identity").Build(3);
        Assert.Equal(nothing, GraphCleanup.Apply(nothing)); // a graph may not return its input itself
    }

    private static SequentialGraph Convolution(SequentialGraph graph, long padding, long group) =>
        graph.Conv("conv", 6, (int)(4 / group), RandomFloats(new Random(5), (int)(6 * 4 / group * 9)), padding: padding, group: group);

    private static SequentialGraph Normed(SequentialGraph graph, int count) => graph.BatchNorm(
        "norm", RandomFloats(new Random(6), count), RandomFloats(new Random(7), count), RandomFloats(new Random(8), count),
        [.. RandomFloats(new Random(9), count).Select(value => Math.Abs(value) + 0.1f)]);
}
