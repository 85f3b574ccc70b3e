using FsCheck;
using FsCheck.Fluent;
using Onnx;
using SparseHybrid.Deploy.Quantize.Float16;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Quantize.Float16;

public class HalfValuesTests
{
    private readonly Random random = new(1);

    [Fact]
    public void Layers_compute_in_float16_between_a_cast_of_the_input_and_one_of_the_output()
    {
        var half = HalfValues.Convert(Network(1)).Model;

        Assert.Equal(["Cast", "Conv", "Relu", "Flatten", "Gemm", "Cast"], half.Graph.Node.Select(node => node.OpType));
        Assert.All(half.Graph.Initializer, tensor => Assert.Equal((int)TensorProto.Types.DataType.Float16, tensor.DataType));
    }

    [Fact]
    public void A_layer_whose_weights_do_not_fit_stays_float32_between_casts()
    {
        var model = Network(1e6f);

        var half = HalfValues.Convert(model);

        Assert.Equal(["conv.weight"], half.KeptTensors);
        Assert.Equal(["Conv", "Cast", "Relu", "Flatten", "Gemm", "Cast"], half.Model.Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void Softmax_stays_float32()
    {
        var model = new SequentialGraph(8).Gemm("fc", 4, RandomFloats(random, 32)).Then("Softmax").Build(4);

        var half = HalfValues.Convert(model).Model;

        Assert.Equal(["Cast", "Gemm", "Cast", "Softmax"], half.Graph.Node.Select(node => node.OpType));
        AssertClose(Run(model), Run(half), relative: 5e-3);
    }

    [Fact]
    public void Whatever_branches_and_joins_there_are_float16_computes_nearly_the_same()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(seeds, IsNear).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private ModelProto Network(float largest) => new SequentialGraph(1, 5, 5)
        .Conv("conv", 3, 1, [largest, .. RandomFloats(random, 26)]).Then("Relu").Flatten()
        .Gemm("fc", 4, RandomFloats(random, 4 * 27), RandomFloats(random, 4)).Build(4);

    private static bool IsNear(int seed)
    {
        var model = RandomGraph.Create(seed);

        AssertClose(Run(model, 3, seed), Run(HalfValues.Convert(model).Model, 3, seed), relative: 0.03);

        return true;
    }
}
