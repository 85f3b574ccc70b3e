using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Optimize;

public class SparseWeightsTests
{
    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.3, false)]
    [InlineData(0.6, true)] // a place within 4096 entries takes two bytes: six for a non-zero against four for an entry
    [InlineData(0.98, true)]
    [InlineData(1.0, true)]
    public void The_smaller_way_is_chosen_and_computes_the_same_bits(double zeros, bool isSparse)
    {
        var model = Network(zeros);

        var (sparse, tensors) = SparseWeights.Apply(model);

        var choice = tensors.Single(tensor => tensor.Name == "fc.weight");
        Assert.Equal(isSparse, choice.IsSparse);
        Assert.Equal(isSparse ? ["Constant", "Gemm"] : ["Gemm"], sparse.Graph.Node.Select(node => node.OpType));
        Assert.Equal(Math.Min(choice.DenseBytes, choice.SparseBytes) < choice.DenseBytes, sparse.CalculateSize() < model.CalculateSize());
        Assert.Equal(Run(model), Run(sparse));
    }

    [Fact]
    public void Dense_again_is_what_it_was()
    {
        var model = Network(0.9);
        var (sparse, _) = SparseWeights.Apply(model);
        var dense = SparseTensors.ToDense(sparse);
        Assert.Equal(model.Graph.Node, dense.Graph.Node);
        Assert.Equal(model.Graph.Initializer.OrderBy(tensor => tensor.Name), dense.Graph.Initializer.OrderBy(tensor => tensor.Name));
    }

    [Fact]
    public void A_model_with_sparse_weights_is_shrunk_like_the_dense_one()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var model = RandomNetwork.Create(seed).Model;
            var (sparse, _) = SparseWeights.Apply(model);
            Assert.Equal(ModelShrinker.Shrink(model).Layers, ModelShrinker.Shrink(sparse).Layers);
            AssertClose(Run(model), Run(ModelShrinker.Shrink(sparse).Model), 1e-4);
        }
    }

    [Fact]
    public void Sparse_initializers_of_others_are_read_too()
    {
        var model = Network(0.9);
        var (ours, _) = SparseWeights.Apply(model);
        var theirs = ours.Clone();
        var weight = SparseTensors.Of(theirs.Graph.Node[0])!;
        theirs.Graph.Node.RemoveAt(0);
        theirs.Graph.SparseInitializer.Add(weight);

        Assert.Equal(SparseTensors.ToDense(ours), SparseTensors.ToDense(theirs));
        Assert.Equal(Run(model), Run(theirs));
    }

    [Fact]
    public void Whole_numbers_and_negative_zeros_keep_their_bits()
    {
        var model = new SequentialGraph(2).Then("Relu").Build(2);
        model.Graph.Initializer.Add(Protos.Tensor("sizes", Enumerable.Repeat(0L, 100).Append(7)));
        model.Graph.Initializer.Add(Protos.Tensor("signs", [100], [.. Enumerable.Repeat(0f, 99), -0f]));

        var (sparse, tensors) = SparseWeights.Apply(model);

        Assert.All(tensors, tensor => Assert.True(tensor.IsSparse));
        Assert.Equal(99, tensors.Single(tensor => tensor.Name == "signs").Zeros);
        var signs = SparseTensors.ToDense(sparse).Graph.Initializer.Single(tensor => tensor.Name == "signs");
        Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(TensorData.TryReadFloats(signs)![99]));
    }

    /// <summary>A Gemm of 64 x 64 with this share of zeros.</summary>
    private static ModelProto Network(double zeros)
    {
        var weights = RandomFloats(new Random(1), 64 * 64);
        weights.AsSpan(0, (int)(zeros * weights.Length)).Clear();
        new Random(2).Shuffle(weights);
        return new SequentialGraph(64).Gemm("fc", 64, weights, RandomFloats(new Random(3), 64)).Build(64);
    }
}
