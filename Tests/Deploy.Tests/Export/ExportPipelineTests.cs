using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Models;
using SparseHybrid.Tests.Support;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

public sealed class ExportPipelineTests : IDisposable
{
    private static readonly long[] ImageShape = [1, 28, 28];
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    [Fact]
    public void A_dense_export_is_compared_before_it_is_there()
    {
        using var model = Create("lenet-5");
        var path = folder.File("dense.onnx");

        var report = ExportPipeline.Export(model, ImageShape, randn(30, 1, 28, 28), path, new ExportPipelineOptions { Samples = 20 });

        Assert.Equal((path, ModelForm.Dense, new FileInfo(path).Length), (report.File, report.Form, report.Bytes));
        Assert.Equal(20, report.SamplesCompared);
        Assert.InRange(report.MaxAbsDifference, 0, 1e-4);
        Assert.Equal(["dense.certificate.json", "dense.onnx"], folder.Names.Order());
        Assert.Equal([1L, 28, 28], ModelFile.Load(path).Graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(dimension => dimension.DimValue));
    }

    [Fact]
    public void A_shrunk_LeNet_has_the_size_that_counting_by_hand_gives()
    {
        using var model = Create("lenet-5");
        KillOutputs(model, "conv1", 8); // 12 of 20 channels stay
        KillOutputs(model, "conv2", 20); // 30 of 50
        KillOutputs(model, "fc1", 400); // 100 of 500

        var report = ExportPipeline.Export(
            model, ImageShape, randn(30, 1, 28, 28), folder.File("shrunk.onnx"), new ExportPipelineOptions { Form = ModelForm.Shrunk });

        Assert.Equal(
            [("conv1", 20, 12), ("conv2", 50, 30), ("fc1", 500, 100), ("fc2", 10, 10)],
            report.Layers.Select(layer => (layer.Size.Name, layer.Size.UnitsBefore, layer.Size.UnitsAfter)));
        Assert.Equal(431_080, report.Layers.Sum(layer => layer.Size.ParametersBefore));
        var parametersAfter = report.Layers.Sum(layer => layer.Size.ParametersAfter);
        Assert.Equal((25 + 1) * 12 + (12 * 25 + 1) * 30 + (30 * 16 + 1) * 100 + (100 + 1) * 10, parametersAfter);
        Assert.InRange(report.MaxAbsDifference, 0, 1e-4);
        Assert.InRange(report.Bytes, 4 * parametersAfter, 4 * parametersAfter + 4096);
    }

    [Fact]
    public void Outputs_that_differ_leave_nothing_behind()
    {
        using var model = Create("lenet-300-100");
        var options = new ExportPipelineOptions { Tolerance = 0 };
        var samples = randn(200, 1, 28, 28) * 100; // rounding alone makes a difference here

        var error = Assert.Throws<ExportException>(() => ExportPipeline.Export(model, ImageShape, samples, folder.File("model.onnx"), options));

        Assert.Contains("0 is allowed", error.Why, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void An_earlier_file_survives_a_failed_export_and_is_replaced_by_a_good_one()
    {
        using var model = Create("lenet-300-100");
        var path = folder.Write("model.onnx", "earlier"u8.ToArray());

        Assert.Throws<ExportException>(() => ExportPipeline.Export(model, [1, 27, 28], randn(1, 1, 27, 28), path));
        Assert.Equal("earlier", File.ReadAllText(path));

        ExportPipeline.Export(model, ImageShape, randn(2, 1, 28, 28), path);
        Assert.NotEmpty(ModelFile.Load(path).Graph.Node);
        Assert.Equal(["model.certificate.json", "model.onnx"], folder.Names.Order());
    }

    [Theory]
    [InlineData("no/such/folder/model.onnx")]
    [InlineData("taken/model.onnx")]
    [InlineData("")]
    public void A_place_that_cannot_be_written_is_named_and_stays_as_it_was(string name)
    {
        using var model = Create("lenet-300-100");
        folder.Write("taken", []);
        var path = name.Length == 0 ? folder.Path : folder.File(name);

        var error = Assert.Throws<ExportException>(() => ExportPipeline.Export(model, ImageShape, randn(1, 1, 28, 28), path));

        Assert.Contains(path, error.What, StringComparison.Ordinal);
        Assert.Equal(["taken"], folder.Names);
        Assert.False(File.Exists(folder.Path + ".partial"));
    }

    [SmallDiskFact]
    public void A_full_disk_is_reported_and_holds_no_part_of_the_file()
    {
        using var model = Create("lenet-300-100"); // a megabyte
        using var disk = new SmallDisk(folder.File("disk"), kibibytes: 64);

        Assert.Throws<ExportException>(() => ExportPipeline.Export(model, ImageShape, randn(1, 1, 28, 28), Path.Combine(disk.Path, "model.onnx")));

        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Fact]
    public void A_cancelled_export_leaves_nothing_behind()
    {
        using var model = Create("lenet-300-100");
        Assert.Throws<OperationCanceledException>(() => ExportPipeline.Export(
            model, ImageShape, randn(1, 1, 28, 28), folder.File("model.onnx"), cancellationToken: new CancellationToken(canceled: true)));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Bad_options_and_samples_are_refused()
    {
        using var model = Create("lenet-300-100");
        var options = new ExportPipelineOptions { Tolerance = double.NaN, Samples = 0, Batches = [1, 0], RoundTo = 0 };
        var error = Assert.Throws<ArgumentException>(() => ExportPipeline.Export(model, ImageShape, randn(1, 1, 28, 28), folder.File("a"), options));
        Assert.All(
            new[] { "Tolerance", "Samples is 0", "Batches is [1, 0]", "RoundTo is 0" },
            problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => ExportPipeline.Export(model, ImageShape, randn(0, 1, 28, 28), folder.File("a")));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static nn.Module<Tensor, Tensor> Create(string name)
    {
        manual_seed(1);
        var model = ModelCatalog.Create(name, 10, ImageShape);
        model.eval();
        return model;
    }

    /// <summary>Sets the incoming weights of a layer's first outputs to zero; their biases stay.</summary>
    private static void KillOutputs(nn.Module model, string layer, long count)
    {
        using var _ = no_grad();
        model.get_parameter($"{layer}.weight")!.narrow(0, 0, count).zero_();
    }
}
