using FsCheck;
using FsCheck.Fluent;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.SparseForm;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Kernels;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.SparseForm;

public class SparseRewriterTests
{
    [Fact]
    public void Whatever_graph_it_is_every_layer_with_a_kernel_computes_the_same()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, seed => ComputesTheSame(RandomGraph.Create(seed), seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Shrunk_graphs_can_be_rewritten_too()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, seed => ComputesTheSame(ModelShrinker.Shrink(RandomGraph.Create(seed)).Model, seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Theory]
    [InlineData(0, 1f, 1f)]
    [InlineData(1, 1f, 1f)]
    [InlineData(0, 2f, -0.5f)]
    [InlineData(1, -0.5f, 0f)]
    public void Gemm_keeps_its_factors(int transB, float alpha, float beta)
    {
        var random = new Random(1);
        var model = new SequentialGraph(6).Gemm("fc", 4, RandomFloats(random, 24), RandomFloats(random, 4), transposed: transB == 1).Then("Relu").Build(4);
        model.Graph.Node[0].Attribute.Add(Protos.Attribute("alpha", alpha));
        model.Graph.Node[0].Attribute.Add(Protos.Attribute("beta", beta));

        var node = Assert.Single(Rewrite(model).Graph.Node);

        Assert.Equal(("SparseGemm", "sparsehybrid", "Relu"), (node.OpType, node.Domain, node.TextOr("activation", "")));
        AssertClose(Run(model), Run(Rewrite(model)));
    }

    [Fact]
    public void A_product_takes_in_the_bias_and_the_Relu_behind_it()
    {
        var model = new SequentialGraph(5, 6).MatMul("fc", 3, RandomFloats(new Random(1), 18)).Add("shift", [1, -2, 3], 3).Then("Relu").Build(5, 3);
        Assert.Equal("SparseMatMul", Assert.Single(Rewrite(model).Graph.Node).OpType);
        AssertClose(Run(model), Run(Rewrite(model)));
    }

    [Fact]
    public void An_addition_that_changes_the_shape_stays()
    {
        var model = new SequentialGraph(6).MatMul("fc", 3, RandomFloats(new Random(1), 18)).Add("shift", [1, -2, 3], 1, 1, 3).Build(3);
        Assert.Equal(["SparseMatMul", "Add"], Rewrite(model).Graph.Node.Select(node => node.OpType));
        AssertClose(Run(model), Run(Rewrite(model)));
    }

    [Fact]
    public void What_others_read_too_is_not_taken_in()
    {
        var graph = new SequentialGraph(6).Gemm("fc", 3, RandomFloats(new Random(1), 18));
        var before = graph.Current;
        graph.Then("Relu").Join("Add", graph.Current, before);
        var model = graph.Build(3);
        Assert.Equal(["SparseGemm", "Relu", "Add"], Rewrite(model).Graph.Node.Select(node => node.OpType));
        AssertClose(Run(model), Run(Rewrite(model)));
    }

    [Theory]
    [InlineData("Relu", "pool")]
    [InlineData("pool", "Relu")]
    [InlineData("pool")]
    public void A_convolution_takes_in_max_pooling_before_or_behind_its_Relu(params string[] behind)
    {
        var graph = new SequentialGraph(2, 9, 8).Conv("conv", 3, 2, RandomFloats(new Random(1), 54), padding: 1);
        foreach (var operation in behind)
        {
            _ = operation == "pool" ? graph.MaxPool(2) : graph.Then(operation);
        }

        var model = graph.Build(3, 4, 4);
        var node = Assert.Single(Rewrite(model).Graph.Node);
        Assert.Equal(("SparseConvMaxPool", behind.Contains("Relu") ? "Relu" : ""), (node.OpType, node.TextOr("activation", "")));
        Assert.Equal([2, 2], node.IntsOrEmpty("pool_shape"));
        foreach (var batch in new[] { 1, 20 })
        {
            AssertClose(Run(model, batch), Run(Rewrite(model), batch));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_sum_behind_a_residual_block_goes_into_its_last_convolution(bool hasRelu)
    {
        var graph = Residual(out var skipped, out var last).Join("Add", skipped, last);
        var model = (hasRelu ? graph.Then("Relu") : graph).Build(3, 6, 6);
        var rewritten = Rewrite(model);
        Assert.Equal(["SparseConv", "SparseConv", "SparseConvAdd"], rewritten.Graph.Node.Select(node => node.OpType));
        Assert.Equal(hasRelu ? "Relu" : "", rewritten.Graph.Node[2].TextOr("activation", ""));
        foreach (var batch in new[] { 1, 20 })
        {
            AssertClose(Run(model, batch), Run(rewritten, batch));
        }
    }

    [Fact]
    public void Of_two_convolutions_that_are_added_one_takes_the_sum()
    {
        var graph = new SequentialGraph(2, 6, 6).Conv("left", 3, 2, RandomFloats(new Random(1), 54), padding: 1);
        var left = graph.Current;
        var model = graph.Continue("input").Conv("right", 3, 2, RandomFloats(new Random(2), 54), padding: 1).Join("Add", left, graph.Current).Then("Relu").Build(3, 6, 6);
        Assert.Equal(["SparseConv", "SparseConvAdd"], Rewrite(model).Graph.Node.Select(node => node.OpType));
        AssertClose(Run(model, 3), Run(Rewrite(model), 3));
    }

    [Fact]
    public void A_sum_of_different_shapes_stays()
    {
        var graph = Residual(out var skipped, out var last).Continue(skipped).Then("GlobalAveragePool");
        var model = graph.Join("Add", last, graph.Current).Build(3, 6, 6);
        Assert.Contains("Add", Rewrite(model).Graph.Node.Select(node => node.OpType));
        AssertClose(Run(model, 3), Run(Rewrite(model), 3));
    }

    [Theory]
    [InlineData("strides", 1, 1)]
    [InlineData("pads", 0, 0, 1, 1)]
    [InlineData("dilations", 2, 2)]
    public void Pools_that_overlap_or_reach_beyond_the_image_stay(string attribute, params int[] values)
    {
        var model = new SequentialGraph(2, 9, 8).Conv("conv", 3, 2, RandomFloats(new Random(1), 54), padding: 1).MaxPool(2).Build(3);
        model.Graph.Output[0].Type.TensorType.Shape = null;
        var pool = model.Graph.Node[1];
        if (pool.Find(attribute) is { } old)
        {
            pool.Attribute.Remove(old);
        }

        pool.Attribute.Add(Protos.Attribute(attribute, values.Select(value => (long)value)));
        Assert.Equal(["SparseConv", "MaxPool"], Rewrite(model).Graph.Node.Select(node => node.OpType));
    }

    [Theory]
    [InlineData("VALID", 2)]
    [InlineData("SAME_UPPER", 1)]
    [InlineData("SAME_LOWER", 1)]
    [InlineData("SAME_UPPER", 2)]
    [InlineData("SAME_LOWER", 3)]
    public void Automatic_padding_is_written_out(string padding, long stride)
    {
        var model = Strided(padding, stride);
        var node = Assert.Single(Rewrite(model).Graph.Node);
        Assert.Null(node.Find("auto_pad"));
        Assert.Equal(Run(model).Length, Run(Rewrite(model)).Length);
        AssertClose(Run(model), Run(Rewrite(model)));
    }

    [Fact]
    public void Weights_that_layers_share_are_packed_once_and_unread_tensors_go()
    {
        var graph = new SequentialGraph(4).Gemm("fc", 4, RandomFloats(new Random(1), 16), [1, 2, 3, 4]).Then("Relu");
        graph.Graph.Node.Add(Protos.Node("Gemm", "again", [graph.Current, "fc.weight"], ["end"], Protos.Attribute("transB", 1)));
        var model = graph.Continue("end").Build(4);
        var sparse = Rewrite(model);
        Assert.Equal(["fc.bias", "fc.weight.packed"], sparse.Graph.Initializer.Select(tensor => tensor.Name).Order());
        Assert.Equal(["fc.bias", "fc.weight"], model.Graph.Initializer.Select(tensor => tensor.Name).Order());
        AssertClose(Run(model), Run(sparse));
    }

    [Theory]
    [InlineData(PackedValues.Float16, 1e-3)]
    [InlineData(PackedValues.Int8, 2e-2)]
    public void Values_can_be_stored_in_fewer_bits(PackedValues values, double tolerance)
    {
        var random = new Random(1);
        var model = new SequentialGraph(64).Gemm("fc1", 64, RandomFloats(random, 4096)).Then("Relu").Gemm("fc2", 8, RandomFloats(random, 512)).Build(8);
        var exact = SparseRewriter.Rewrite(model, LayerCandidates.Of(model).Readable);
        var rounded = SparseRewriter.Rewrite(model, LayerCandidates.Of(model).Readable, values);
        AssertClose(Run(model), Run(rounded), tolerance);
        Assert.InRange(rounded.CalculateSize(), 1, (values == PackedValues.Int8 ? 0.4 : 0.6) * exact.CalculateSize());
    }

    [Theory]
    [InlineData(0.95, 0.10)]
    [InlineData(0.98, 0.05)]
    public void Files_shrink_with_the_zeros(double zeros, double share)
    {
        var random = new Random(1);
        float[] Planted(int count) => [.. RandomFloats(random, count).Select(value => random.NextDouble() < zeros ? 0 : value)];
        var model = new SequentialGraph(3, 8, 8).Conv("first", 16, 3, RandomFloats(random, 432), padding: 1).Then("Relu")
            .Conv("second", 128, 16, Planted(18432), padding: 1).Then("Relu").Conv("third", 128, 128, Planted(147456), padding: 1).Then("Relu").Flatten()
            .Gemm("fc", 10, Planted(81920)).Build(10);
        var layers = LayerCandidates.Of(model).Readable.Where(layer => layer.ZeroShare > 0.5).ToList();
        Assert.Equal(["second", "third", "fc"], layers.Select(layer => layer.Name));
        Assert.InRange(SparseRewriter.Rewrite(model, layers).CalculateSize(), 1, share * model.CalculateSize());
    }

    [PythonOnnxFact]
    public void The_onnx_package_takes_it_for_a_model()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 20; seed++)
        {
            folder.Write($"{seed}.onnx", Rewrite(RandomGraph.Create(seed)));
        }

        OnnxChecker.AssertAccepts(folder);
    }

    private static bool ComputesTheSame(ModelProto model, int seed)
    {
        var sparse = Rewrite(model);
        foreach (var batch in new[] { 1, 3 })
        {
            AssertClose(Run(model, batch, seed), Run(sparse, batch, seed), relative: 1e-4);
        }

        return true;
    }

    private static ModelProto Rewrite(ModelProto model)
    {
        var given = model.Clone();
        var sparse = SparseRewriter.Rewrite(model, LayerCandidates.Of(model).Readable);
        Assert.Equal(given, model);
        return sparse;
    }

    /// <summary>A layer, and a block of two behind it whose sum with the layer's output is not there yet.</summary>
    private static SequentialGraph Residual(out string skipped, out string last)
    {
        var random = new Random(1);
        var graph = new SequentialGraph(2, 6, 6).Conv("first", 3, 2, RandomFloats(random, 54), padding: 1).Then("Relu");
        skipped = graph.Current;
        graph.Conv("second", 3, 3, RandomFloats(random, 81), padding: 1).Then("Relu").Conv("third", 3, 3, RandomFloats(random, 81), RandomFloats(random, 3), padding: 1);
        last = graph.Current;
        return graph;
    }

    internal static ModelProto Strided(string padding, long stride)
    {
        var model = new SequentialGraph(2, 7, 8).Conv("conv", 3, 2, RandomFloats(new Random(1), 54)).Build(3, 1, 1);
        var node = model.Graph.Node[0];
        node.Attribute.Remove(node.Find("pads")!);
        node.Attribute.Add(Protos.Attribute("auto_pad", padding));
        node.Attribute.Add(Protos.Attribute("strides", [stride, stride]));
        foreach (var size in model.Graph.Output[0].Type.TensorType.Shape.Dim.Skip(2))
        {
            size.ClearDimValue();
        }

        return model;
    }
}
