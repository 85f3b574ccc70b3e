using Onnx;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Tests.Session;

public sealed class ModelSessionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Outputs_follow_the_batch()
    {
        using var session = Load(new SequentialGraph(2).Gemm("fc", 1, [1, 10], [100]).Build(1));
        Assert.Equal([121f], session.Run([1, 2], 1)[0]);
        Assert.Equal([121f, 143], session.Run([1, 2, 3, 4], 2)[0]);
    }

    [Fact]
    public void A_run_may_be_repeated_over_memory_that_changes()
    {
        using var session = Load(new SequentialGraph(2).Gemm("fc", 1, [1, 10], [100]).Build(1));
        float[] input = [1, 2];
        using var run = session.Prepare(input, 1);
        input[1] = 3;
        run.Run();
        Assert.Equal([131f], run.CopyOutputs()[0]);
    }

    [Fact]
    public void An_operator_that_ONNX_Runtime_does_not_know_is_refused_with_its_name()
    {
        var error = Assert.Throws<ModelFileException>(() => Load(new SequentialGraph(2).Then("Frobnicate").Build(2)));
        Assert.Contains("Frobnicate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_layers_are_for_processors_and_elsewhere_the_dense_form_is_offered()
    {
        var model = new SequentialGraph(2).Then("SparseGemm").Build(2);
        model.Graph.Node[0].Domain = SparseKernels.Domain;
        var path = folder.Write("sparse.onnx", model);

        var error = Assert.Throws<ProviderException>(() => ModelSession.Load(path, new SessionSettings(ExecutionProvider.Cuda)));

        Assert.Contains($"1 layer(s), first '{model.Graph.Node[0].Name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("--form dense", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_ONNX_is_refused() =>
        Assert.Throws<ModelFileException>(() => ModelSession.Load(folder.Write("text.onnx", "no model"u8.ToArray()), new SessionSettings()));

    [Fact]
    public void A_fixed_batch_is_respected()
    {
        var model = new SequentialGraph(2).Gemm("fc", 1, [1, 10]).Build(1);
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 4;
        using var session = Load(model);
        Assert.Equal([4, 2], session.InputShape(4));
        Assert.Contains("batches of 4", Assert.Throws<ModelFileException>(() => session.InputShape(3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dimensions_left_open_take_the_sample_shape_and_fixed_ones_must_agree_with_it()
    {
        var model = new SequentialGraph(2).Gemm("fc", 1, [1, 10]).Build(1);
        var sample = model.Graph.Input[0].Type.TensorType.Shape.Dim[1];
        sample.ClearDimValue();
        var path = folder.Write("open.onnx", model);

        using var unsaid = ModelSession.Load(path, new SessionSettings());
        Assert.Contains("[open, open]", Assert.Throws<ModelFileException>(() => unsaid.InputShape(3)).Message, StringComparison.Ordinal);
        using var said = ModelSession.Load(path, new SessionSettings(SampleShape: [2]));
        Assert.Equal([3, 2], said.InputShape(3));
        using var wrong = ModelSession.Load(folder.Write("fixed.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 10]).Build(1)), new SessionSettings(SampleShape: [5]));
        Assert.Contains("samples of 5", Assert.Throws<ModelFileException>(() => wrong.InputShape(3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_of_another_type_is_refused()
    {
        var model = new SequentialGraph(2).Then("Identity").Build(2);
        foreach (var value in model.Graph.Input.Concat(model.Graph.Output))
        {
            value.Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Int64;
        }

        Assert.Contains("Int64", Assert.Throws<ModelFileException>(() => Load(model)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private ModelSession Load(ModelProto model) => ModelSession.Load(folder.Write("model.onnx", model), new SessionSettings());
}
