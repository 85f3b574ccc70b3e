using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.SparseForm;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.SparseForm;

public class LayerCandidatesTests
{
    [Fact]
    public void Layers_say_their_zeros_and_what_they_take_in()
    {
        var model = new SequentialGraph(2).Gemm("fc", 3, [1, 0, 0, 0, 2, 3], [1, 2, 3]).Then("Relu").Build(3);
        var layer = Assert.Single(LayerCandidates.Of(model).Readable);
        Assert.Equal(("fc", "SparseGemm", 0.5, true, "output"), (layer.Name, layer.Operator, layer.ZeroShare, layer.HasRelu, layer.Output));
        Assert.Equal([1f, 2, 3], layer.Bias!);
    }

    [Fact]
    public void A_depthwise_convolution_is_left_to_ONNX_Runtime() =>
        AssertObstacle("depthwise", new SequentialGraph(4, 5, 5).Conv("layer", 4, 1, RandomFloats(new Random(1), 36), group: 4).Build(4, 3, 3));

    [Fact]
    public void A_convolution_of_one_dimension_has_no_kernel()
    {
        var graph = new SequentialGraph(2, 8);
        graph.AddTensor("layer.weight", [3, 2, 3], RandomFloats(new Random(1), 18));
        graph.Graph.Node.Add(Protos.Node("Conv", "layer", ["input", "layer.weight"], ["end"]));
        AssertObstacle("two dimensions", graph.Continue("end").Build(3, 6));
    }

    [Fact]
    public void A_padding_that_depends_on_an_open_size_is_not_guessed()
    {
        var model = SparseRewriterTests.Strided("SAME_UPPER", 2);
        model.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimParam = "rows";
        Assert.Contains("auto_pad", Assert.Single(LayerCandidates.Of(model).Obstacles).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_fed_are_not_packed()
    {
        var model = Linear([1, 2, 3, 4]);
        model.Graph.Input.Add(Protos.BatchedValue("layer.weight", "rows", [2]));
        AssertObstacle("no float32 tensor of the model", model);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused() => AssertObstacle("finite", Linear([1, 2, float.NaN, 4]));

    [Fact]
    public void A_bias_for_every_sample_is_refused()
    {
        var model = new SequentialGraph(2).Gemm("layer", 3, [1, 2, 3, 4, 5, 6], [1, 2, 3]).Build(3);
        var bias = model.Graph.Initializer[1];
        bias.Dims[0] = 3;
        bias.Dims.Add(1); // a column: one number a sample
        AssertObstacle("vector", model);
    }

    [Fact]
    public void A_product_whose_input_is_transposed_is_refused()
    {
        var model = Linear([1, 2, 3, 4]);
        model.Graph.Node[0].Attribute.Add(Protos.Attribute("transA", 1));
        AssertObstacle("transposed", model);
    }

    [Fact]
    public void A_stack_of_matrices_is_refused()
    {
        var graph = new SequentialGraph(2, 3);
        graph.AddTensor("layer.weight", [1, 3, 2], RandomFloats(new Random(1), 6));
        graph.Graph.Node.Add(Protos.Node("MatMul", "layer", ["input", "layer.weight"], ["end"]));
        AssertObstacle("no matrix", graph.Continue("end").Build(2, 2));
    }

    [Fact]
    public void A_product_of_two_inputs_is_no_layer_of_ours()
    {
        var graph = new SequentialGraph(2, 2);
        graph.Graph.Node.Add(Protos.Node("MatMul", "layer", ["input", "input"], ["end"]));
        AssertObstacle("no float32 tensor", graph.Continue("end").Build(2, 2));
    }

    private static ModelProto Linear(float[] weights) => new SequentialGraph(2).Gemm("layer", 2, weights).Build(2);

    private static void AssertObstacle(string reason, ModelProto model)
    {
        var layers = LayerCandidates.Of(model);
        Assert.Empty(layers.Readable);
        Assert.Contains(reason, Assert.Single(layers.Obstacles).Value, StringComparison.Ordinal);
    }
}
