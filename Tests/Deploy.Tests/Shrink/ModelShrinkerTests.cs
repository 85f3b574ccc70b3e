using Google.Protobuf;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Shrink;

public class ModelShrinkerTests
{
    private static readonly float[] TwoByThree = [1, 2, 3, 4, 5, 6];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_unit_without_incoming_weights_moves_into_the_next_bias(bool transposed)
    {
        var model = new SequentialGraph(2)
            .Gemm("fc1", 3, [1, 2, 0, 0, -1, 1], [0.5f, 3, -0.25f], transposed).Then("Relu")
            .Gemm("fc2", 2, TwoByThree, [10, 20], transposed).Build(2);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([2L, 2], Shape(result.Model, "fc1.weight"));
        Assert.Equal([0.5f, -0.25f], Floats(result.Model, "fc1.bias"));
        Assert.Equal([10 + 2 * 3f, 20 + 5 * 3f], Floats(result.Model, "fc2.bias"));
        Assert.Equal(transposed ? [1, 3, 4, 6] : [1, 4, 3, 6], Floats(result.Model, "fc2.weight"));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void A_unit_whose_constant_relu_erases_leaves_the_next_bias_alone()
    {
        var model = new SequentialGraph(2)
            .Gemm("fc1", 2, [1, 2, 0, 0], [0.5f, -3]).Then("Relu").Gemm("fc2", 1, [4, 5], [10]).Build(1);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([10f], Floats(result.Model, "fc2.bias"));
        Assert.Equal([1L, 1], Shape(result.Model, "fc2.weight"));
    }

    [Fact]
    public void A_unit_without_outgoing_weights_goes_and_so_does_what_only_it_needed()
    {
        var model = new SequentialGraph(2)
            .Gemm("fc1", 3, [1, 2, 3, 4, 5, 6], [1, 2, 3]).Then("Relu")
            .Gemm("fc2", 2, [1, 0, 2, 7, 8, 9], [1, 2]).Then("Relu") // only its second unit needs fc1's second
            .Gemm("fc3", 2, [1, 0, 2, 0], [5, 6]).Build(2); // needs only fc2's first

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([("fc1", 3, 2), ("fc2", 2, 1), ("fc3", 2, 2)], result.Layers.Select(layer => (layer.Name, layer.UnitsBefore, layer.UnitsAfter)));
        Assert.Equal([1f, 2, 5, 6], Floats(result.Model, "fc1.weight"));
        Assert.Equal(9 + 8 + 6, result.Layers.Sum(layer => layer.ParametersBefore));
        Assert.Equal(6 + 3 + 4, result.Layers.Sum(layer => layer.ParametersAfter));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void Constants_pass_through_layers_that_see_nothing_else()
    {
        var model = new SequentialGraph(1)
            .Gemm("fc1", 2, [1, 0], [0, 2]).Then("Relu")
            .Gemm("fc2", 2, [1, 0, 0, 3], [0, 1]).Then("Relu") // its second unit sees only the constant 2: 3 * 2 + 1
            .Gemm("fc3", 1, [1, 1]).Build(1);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([7f], Floats(result.Model, "fc3.bias"));
        Assert.All(result.Layers, layer => Assert.Equal(1, layer.UnitsAfter));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void A_dead_channel_takes_its_run_of_flattened_features_along()
    {
        var random = new Random(1);
        var filters = RandomFloats(random, 3 * 2 * 9);
        filters.AsSpan(18, 18).Clear(); // the second of three filters
        var model = new SequentialGraph(2, 6, 6)
            .Conv("conv", 3, 2, filters, [0.1f, 0.7f, 0.3f]).Then("Relu").MaxPool(2).Flatten()
            .Gemm("fc", 5, RandomFloats(random, 5 * 3 * 4), RandomFloats(random, 5)).Build(5);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([2L, 2, 3, 3], Shape(result.Model, "conv.weight"));
        Assert.Equal([5L, 8], Shape(result.Model, "fc.weight"));
        AssertClose(Run(model), Run(result.Model));
    }

    [Theory]
    [InlineData(0, 0.7f, 2)] // constant everywhere: folded
    [InlineData(1, 0.7f, 3)] // the border of zeros makes it visible: stays
    [InlineData(1, -0.7f, 2)] // relu makes it 0, border or not
    public void Constants_fold_into_a_convolution_only_where_that_is_exact(long padding, float bias, int kept)
    {
        var random = new Random(2);
        var filters = RandomFloats(random, 3 * 9);
        filters.AsSpan(9, 9).Clear();
        var size = padding == 0 ? 4 : 6;
        var model = new SequentialGraph(1, 8, 8)
            .Conv("conv1", 3, 1, filters, [0.1f, bias, 0.3f]).Then("Relu")
            .Conv("conv2", 2, 3, RandomFloats(random, 2 * 3 * 9), padding: padding).Build(2, size, size);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([kept, 1L, 3, 3], Shape(result.Model, "conv1.weight"));
        Assert.Equal([2L, kept, 3, 3], Shape(result.Model, "conv2.weight"));
        Assert.Equal(padding == 0, result.Model.Graph.Initializer.Any(tensor => tensor.Name == "conv2.bias"));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void Of_the_constants_that_a_padded_convolution_reads_one_stays_and_stands_in_for_the_others()
    {
        var random = new Random(6);
        var filters = RandomFloats(random, 4 * 9);
        filters.AsSpan(9, 27).Clear();
        var weights = RandomFloats(random, 2 * 4 * 9);
        var model = new SequentialGraph(1, 8, 8)
            .Conv("conv1", 4, 1, filters, [0.1f, 0.25f, 0.5f, 0.125f]).Then("Relu")
            .Conv("conv2", 2, 4, weights, padding: 1).Build(2, 6, 6);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([0.1f, 0.5f], Floats(result.Model, "conv1.bias"));
        Assert.Equal([2L, 2, 3, 3], Shape(result.Model, "conv2.weight"));
        Assert.Equal(weights[18] + 0.5f * weights[9] + 0.25f * weights[27], Floats(result.Model, "conv2.weight")[9], 1e-6);
        AssertClose(Run(model), Run(result.Model));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)] // the average over padding zeros differs at the border
    public void Average_pooling_keeps_constants_unless_it_counts_padding(bool countsPadding, int kept)
    {
        var model = new SequentialGraph(1, 5, 5)
            .Conv("conv", 2, 1, [2, 0], [0.5f, 0.5f]).Then("Relu").AveragePool(3, padding: 1, countsPadding).Flatten()
            .Gemm("fc", 2, RandomFloats(new Random(3), 2 * 2 * 4)).Build(2);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal(kept, result.Layers[0].UnitsAfter);
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void Batch_norm_loses_the_entries_of_dead_channels_and_shifts_their_constants()
    {
        var random = new Random(4);
        var filters = RandomFloats(random, 4 * 9);
        filters.AsSpan(0, 9).Clear();
        var model = new SequentialGraph(1, 7, 7)
            .Conv("conv", 4, 1, filters)
            .BatchNorm("bn", [2, 0, 1, 1], [1, 0.5f, 0, 0], [0.5f, 1, 2, 3], [4, 1, 1, 2]) // scale 0 kills the second channel
            .Then("Relu").Then("GlobalAveragePool").Flatten()
            .Gemm("fc", 3, RandomFloats(random, 12), [0, 0, 0]).Build(3);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([2L, 1, 3, 3], Shape(result.Model, "conv.weight"));
        Assert.Equal([2f, 3], Floats(result.Model, "bn.running_mean"));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void MatMul_with_its_Add_shrinks_too_and_gains_a_bias_when_a_constant_needs_one()
    {
        var model = new SequentialGraph(2)
            .MatMul("fc1", 3, [1, 2, 0, 0, 3, 4]).Add("shift", [1, 2, 3], 1, 3).Then("Relu")
            .MatMul("fc2", 2, TwoByThree).Build(2);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([2L, 2], Shape(result.Model, "fc1.weight"));
        Assert.Equal([1f, 3], Floats(result.Model, "shift"));
        Assert.Equal([2 * 2f, 5 * 2], Floats(result.Model, "fc2.bias"));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void A_layer_that_is_dead_altogether_keeps_one_unit_and_frees_everything_before_it()
    {
        var random = new Random(5);
        var model = new SequentialGraph(4)
            .Gemm("fc1", 6, RandomFloats(random, 24), RandomFloats(random, 6)).Then("Relu")
            .Gemm("fc2", 5, RandomFloats(random, 30), RandomFloats(random, 5)).Then("Relu")
            .Gemm("fc3", 3, new float[15], [1, 2, 3]).Build(3);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([1, 1, 3], result.Layers.Select(layer => layer.UnitsAfter));
        Assert.Equal(Run(model), Run(result.Model));
    }

    [Fact]
    public void The_graphs_own_outputs_keep_their_units_even_when_they_are_constant()
    {
        var model = new SequentialGraph(2).Gemm("fc", 3, [1, 2, 0, 0, 3, 4], [1, 2, 3]).Then("Relu").Build(3);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal(0, result.Rounds);
        Assert.Equal(model, result.Model);
    }

    [Fact]
    public void Units_that_an_unknown_operator_reads_stay()
    {
        var model = new SequentialGraph(2)
            .Gemm("fc1", 3, [1, 2, 0, 0, 3, 4], [1, 2, 3]).Then("Softmax").Gemm("fc2", 2, TwoByThree).Build(2);

        Assert.Equal(model, ModelShrinker.Shrink(model).Model);
    }

    [Fact]
    public void Channels_that_are_added_up_stay_as_long_as_one_of_them_varies()
    {
        var sketch = new SequentialGraph(2).Gemm("fc1", 3, [1, 2, 0, 0, 0, 0], [1, 2, 3]).Gemm("fc2", 3, [1, 2, 3, 4, 5, 6, 0, 0, 0], [1, 2, 3]);
        sketch.Graph.Node.Add(Protos.Node("Add", "join", ["value1", "value2"], ["joined"]));
        sketch.Continue("joined").Then("Relu").Gemm("fc3", 2, TwoByThree);
        var model = sketch.Build(2);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([2, 2, 2], result.Layers.Select(layer => layer.UnitsAfter)); // the third is 3 + 3, whatever comes in
        Assert.Equal([3 * 6f, 6 * 6], Floats(result.Model, "fc3.bias"));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void A_tensor_that_two_layers_share_is_copied_before_it_is_cut()
    {
        var sketch = new SequentialGraph(2);
        sketch.AddTensor("shared", [2, 2], [1, 2, 0, 0]);
        sketch.Graph.Node.Add(Protos.Node("Gemm", "first", ["input", "shared"], ["a"], Protos.Attribute("transB", 1)));
        sketch.Graph.Node.Add(Protos.Node("Gemm", "second", ["a", "shared"], ["b"], Protos.Attribute("transB", 1)));
        var model = sketch.Build(2);

        var result = ModelShrinker.Shrink(model);

        Assert.Equal([1, 2], result.Layers.Select(layer => layer.UnitsAfter));
        AssertClose(Run(model), Run(result.Model));
    }

    [Fact]
    public void Weights_that_a_caller_may_replace_are_not_trusted()
    {
        var sketch = new SequentialGraph(2).Gemm("fc1", 2, [1, 2, 0, 0], [1, 2]).Gemm("fc2", 1, [1, 2]);
        sketch.Graph.Input.Add(new ValueInfoProto { Name = "fc1.weight" });
        var model = sketch.Build(1);

        Assert.Equal(model, ModelShrinker.Shrink(model).Model);
    }

    [Fact]
    public void The_given_model_is_not_changed_and_stale_shapes_are_dropped()
    {
        var sketch = new SequentialGraph(2).Gemm("fc1", 2, [1, 2, 0, 0], [1, 2]).Then("Relu").Gemm("fc2", 1, [1, 2], [0]);
        sketch.Graph.ValueInfo.Add(Protos.BatchedValue("value1", "batch", [2]));
        var model = sketch.Build(1);
        var copy = model.Clone();

        var result = ModelShrinker.Shrink(model);

        Assert.Equal(copy, model);
        Assert.Empty(result.Model.Graph.ValueInfo);
        Assert.Equal(result.Model.ToByteArray(), ModelShrinker.Shrink(model).Model.ToByteArray());
    }
}
