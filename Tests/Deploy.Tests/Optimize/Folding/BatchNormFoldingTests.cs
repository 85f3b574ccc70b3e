using FsCheck;
using FsCheck.Fluent;
using Onnx;
using SparseHybrid.Deploy.Optimize.Folding;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Optimize.Folding;

public class BatchNormFoldingTests
{
    private readonly Random random = new(2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_norm_behind_a_convolution_moves_into_its_weights_and_bias(bool hasBias)
    {
        var model = Norm(new SequentialGraph(2, 5, 5).Conv("conv", 3, 2, RandomFloats(random, 54), hasBias ? RandomFloats(random, 3) : null, padding: 1), 3)
            .Then("Relu").Build(3, 5, 5);

        var folded = BatchNormFolding.Fold(model);

        Assert.Equal(["Conv", "Relu"], folded.Graph.Node.Select(node => node.OpType));
        Assert.Equal(["conv.bias", "conv.weight"], folded.Graph.Initializer.Select(tensor => tensor.Name).Order());
        AssertClose(Run(model), Run(folded));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void So_does_one_behind_a_linear_layer(bool transposed)
    {
        var model = Norm(new SequentialGraph(6).Gemm("fc", 4, RandomFloats(random, 24), null, transposed), 4).Build(4);

        var folded = BatchNormFolding.Fold(model);

        Assert.Single(folded.Graph.Node);
        AssertClose(Run(model), Run(folded));
    }

    [Fact]
    public void One_stays_where_someone_else_reads_the_convolution()
    {
        var graph = new SequentialGraph(2, 5, 5).Conv("conv", 3, 2, RandomFloats(random, 54));
        var convolved = graph.Current;
        var model = Norm(graph, 3).Join("Add", graph.Current, convolved).Build(3, 3, 3);

        Assert.Equal(model, BatchNormFolding.Fold(model));
    }

    [Fact]
    public void Weights_that_others_read_stay_for_them()
    {
        var graph = new SequentialGraph(3, 5, 5).Conv("conv", 3, 3, RandomFloats(random, 81), padding: 1);
        var model = Norm(graph, 3).Build(3, 5, 5);
        var again = model.Graph.Node[0].Clone();
        (again.Name, again.Input[0], again.Output[0]) = ("again", "output", "twice");
        model.Graph.Node.Add(again);
        model.Graph.Output[0].Name = "twice";

        AssertClose(Run(model), Run(BatchNormFolding.Fold(model)));
    }

    [Fact]
    public void Whatever_branches_and_joins_there_are_folded_computes_the_same()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, FoldsExactly).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static bool FoldsExactly(int seed)
    {
        var model = RandomGraph.Create(seed);

        AssertClose(Run(model, 3, seed), Run(BatchNormFolding.Fold(model), 3, seed), relative: 1e-3);

        return true;
    }

    private SequentialGraph Norm(SequentialGraph graph, int channels) => graph.BatchNorm(
        "norm", RandomFloats(random, channels), RandomFloats(random, channels), RandomFloats(random, channels),
        [.. RandomFloats(random, channels).Select(value => Math.Abs(value) + 0.1f)]);
}
