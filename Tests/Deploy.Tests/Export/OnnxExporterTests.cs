using Google.Protobuf;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using TorchSharp;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

public sealed class OnnxExporterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. TorchModel.All.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ONNX_Runtime_computes_what_libtorch_computes(string name)
    {
        var model = TorchModel.Named(name);
        using var module = model.CreateTrained();

        var path = folder.Write("model.onnx", OnnxExporter.Export(module, model.InputShape));
        var result = TorchVerifier.Compare(module, path, model.Samples(68)); // batches of 1, 3 and 64

        Assert.Equal(68, result.SamplesCompared);
        Assert.True(result.LargestExpected > 0.1);
        Assert.True(result.MaxAbsDifference <= 1e-5 * Math.Max(1, result.LargestExpected), $"{result}");
    }

    [Theory]
    [InlineData(OnnxExportOptions.OldestOpset)]
    [InlineData(14)]
    [InlineData(18)]
    [InlineData(20)]
    [InlineData(OnnxExportOptions.NewestOpset)]
    public void Every_operator_set_in_the_range_computes_the_same(int opset)
    {
        foreach (var model in TorchModel.All)
        {
            using var module = model.CreateTrained();
            var exported = OnnxExporter.Export(module, model.InputShape, new OnnxExportOptions { Opset = opset });
            Assert.Equal(opset, Assert.Single(exported.OpsetImport).Version);
            var result = TorchVerifier.Compare(module, folder.Write("model.onnx", exported), model.Samples(5));
            Assert.True(result.MaxAbsDifference <= 1e-5 * Math.Max(1, result.LargestExpected), $"{model.Name}: {result}");
        }
    }

    [Fact]
    public void What_an_operator_set_lacks_is_written_by_a_newer_one_or_refused()
    {
        using var circular = nn.Conv1d(2, 3, 3, padding: 2, padding_mode: PaddingModes.Circular);
        using var resized = nn.Upsample([7, 4]);
        foreach (var (module, shape, first) in new (nn.Module<Tensor, Tensor>, long[], int)[] { (circular, [2, 6], 19), (resized, [2, 5, 5], 18) })
        {
            Assert.Throws<ExportException>(() => OnnxExporter.Export(module, shape, new OnnxExportOptions { Opset = first - 1 }));
            var path = folder.Write("model.onnx", OnnxExporter.Export(module, shape, new OnnxExportOptions { Opset = first }));
            Assert.True(TorchVerifier.Compare(module, path, randn([5, .. shape])).MaxAbsDifference <= 1e-5);
        }
    }

    [Fact]
    public void Tensors_have_the_names_shapes_and_bits_of_the_state_dict()
    {
        var model = TorchModel.Named("nested");
        using var module = model.CreateTrained();
        var state = module.state_dict().Where(entry => !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToList();

        var exported = OnnxExporter.Export(module, model.InputShape).Graph.Initializer.ToDictionary(tensor => tensor.Name);

        Assert.Equal(state.Select(entry => entry.Key).Order(), exported.Keys.Order());
        foreach (var (name, tensor) in state)
        {
            Assert.Equal(tensor.shape, exported[name].Dims);
            Assert.Equal(tensor.detach().bytes.ToArray(), exported[name].RawData.ToByteArray());
        }
    }

    [Fact]
    public void Inputs_and_outputs_have_the_asked_names_their_shapes_and_an_open_batch()
    {
        var model = TorchModel.Named("nested");
        using var module = model.CreateTrained();
        var options = new OnnxExportOptions { InputName = "image", OutputName = "logits", BatchName = "n" };

        var graph = OnnxExporter.Export(module, model.InputShape, options).Graph;

        Assert.Equal(Protos.BatchedValue("image", "n", [1, 12, 12]), Assert.Single(graph.Input));
        Assert.Equal(Protos.BatchedValue("logits", "n", [4]), Assert.Single(graph.Output));
        Assert.DoesNotContain(graph.Node, node => node.OpType is "Dropout" or "Identity");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Declared_output_shapes_are_those_that_libtorch_gives(string name)
    {
        var model = TorchModel.Named(name);
        using var module = model.CreateTrained();
        var shape = OnnxExporter.Export(module, model.InputShape).Graph.Output[0].Type.TensorType.Shape.Dim.Skip(1);
        Assert.Equal(module.call(model.Samples(2)).shape[1..], shape.Select(dimension => dimension.DimValue));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        var model = TorchModel.Named("nested");
        using var first = model.CreateTrained();
        using var second = model.CreateTrained();
        Assert.Equal(OnnxExporter.Export(first, model.InputShape).ToByteArray(), OnnxExporter.Export(second, model.InputShape).ToByteArray());
    }

    [Fact]
    public void A_module_in_training_mode_is_exported_as_it_evaluates_and_stays_in_training_mode()
    {
        var model = TorchModel.Named("nested");
        using var module = model.CreateTrained();
        var evaluating = OnnxExporter.Export(module, model.InputShape);
        module.train();
        ((nn.Module)module).named_modules().Single(part => part.Item1 == "features.norm").Item2.eval();
        bool[] flags = [.. module.modules().Select(part => part.training)];

        var exported = OnnxExporter.Export(module, model.InputShape);
        TorchVerifier.Compare(module, folder.Write("model.onnx", exported), model.Samples(2));

        Assert.Equal(evaluating, exported);
        Assert.Equal(flags, module.modules().Select(part => part.training));
        Assert.Contains(false, flags);
        Assert.True(module.training);
    }

    [Fact]
    public void Bad_options_and_shapes_are_refused_before_anything_else()
    {
        using var module = nn.Linear(2, 2);
        var options = new OnnxExportOptions { Opset = 12, InputName = "same", OutputName = "same" };
        var error = Assert.Throws<ArgumentException>(() => OnnxExporter.Export(module, [2], options));
        Assert.Contains($"13 to {OnnxExportOptions.NewestOpset}", error.Message, StringComparison.Ordinal);
        Assert.Contains("both 'same'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OnnxExporter.Export(module, [2], new OnnxExportOptions { Opset = OnnxExportOptions.NewestOpset + 1 }));
        Assert.Throws<ArgumentException>(() => OnnxExporter.Export(module, []));
        Assert.Throws<ArgumentException>(() => OnnxExporter.Export(module, [0]));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }
}
