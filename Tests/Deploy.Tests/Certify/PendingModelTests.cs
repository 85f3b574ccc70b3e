using Onnx;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Certify;

public sealed class PendingModelTests : IDisposable
{
    private static readonly ExportPipelineOptions Outside = new() { ExternalDataAbove = 0 };
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    [Fact]
    public void External_data_is_one_file_beside_the_model_that_is_aligned_and_gives_the_same_outputs()
    {
        using var model = Create();
        var samples = randn(9, 40);

        var report = ExportPipeline.Export(model, [40], samples, folder.File("model.onnx"), Outside);

        Assert.Equal(["model.certificate.json", "model.onnx", "model.onnx.data"], folder.Names.Order());
        Assert.Equal(report.Bytes, folder.Names.Where(name => name.StartsWith("model.onnx")).Sum(name => new FileInfo(folder.File(name)).Length));
        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("model.onnx"))).Graph;
        var outside = graph.Initializer.Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External).ToList();
        Assert.Equal(["0.weight", "2.weight"], outside.Select(tensor => tensor.Name)); // the biases are small
        Assert.All(outside, tensor => Assert.Equal(0, long.Parse(Place(tensor, "offset"), null) % 4096));
        Assert.All(outside, tensor => Assert.Equal("model.onnx.data", Place(tensor, "location")));
        Assert.True(TorchVerifier.Compare(model, folder.File("model.onnx"), samples).MaxAbsDifference <= 1e-5);
    }

    [Fact]
    public void Two_exports_give_the_same_bytes()
    {
        using var model = Create();
        var samples = randn(2, 40);
        var first = Export("first");
        var second = Export("second");
        Assert.Equal(first, second);

        List<byte[]> Export(string name)
        {
            var path = Path.Combine(Directory.CreateDirectory(folder.File(name)).FullName, "model.onnx");
            ExportPipeline.Export(model, [40], samples, path, Outside);
            return [File.ReadAllBytes(path), File.ReadAllBytes(path + PendingModel.DataSuffix), File.ReadAllBytes(Certificate.PathFor(path))];
        }
    }

    [Fact]
    public void Outputs_that_differ_leave_earlier_files_as_they_were()
    {
        using var model = Create();
        var path = folder.File("model.onnx");
        ExportPipeline.Export(model, [40], randn(2, 40), path, Outside);
        var (earlierModel, earlierData) = (File.ReadAllBytes(path), File.ReadAllBytes(path + PendingModel.DataSuffix));
        using (no_grad())
        {
            model.get_parameter("0.weight")!.mul_(1e3);
        }

        Assert.Throws<ExportException>(() => ExportPipeline.Export(model, [40], randn(50, 40), path, Outside with { Tolerance = 0 }));

        Assert.Equal(["model.certificate.json", "model.onnx", "model.onnx.data"], folder.Names.Order());
        Assert.Equal(earlierModel, File.ReadAllBytes(path));
        Assert.Equal(earlierData, File.ReadAllBytes(path + PendingModel.DataSuffix));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        using var model = Create();
        var path = folder.File("no/such/model.onnx");
        folder.Write("no", []);
        var error = Assert.Throws<ExportException>(() => ExportPipeline.Export(model, [40], randn(2, 40), path, Outside));
        Assert.Contains(path, error.What, StringComparison.Ordinal);
        Assert.Equal(["no"], folder.Names);
    }

    [Fact]
    public void A_model_that_begins_with_an_embedding_is_exported_with_whole_numbers()
    {
        manual_seed(1);
        using var model = nn.Sequential(("rows", nn.Embedding(7, 5)), ("mix", nn.Linear(5, 3)), ("flatten", nn.Flatten()));
        var options = new ExportPipelineOptions { Onnx = new OnnxExportOptions { InputType = ScalarType.Int64 } };

        var report = ExportPipeline.Export(model, [4], randint(0, 7, [30, 4], int64), folder.File("model.onnx"), options);

        Assert.InRange(report.MaxAbsDifference, 0, 1e-5);
        var error = Assert.Throws<ExportException>(() => OnnxExporter.Export(model, [4]));
        Assert.Contains("it takes whole numbers", error.Why, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static string Place(TensorProto tensor, string key) => tensor.ExternalData.Single(entry => entry.Key == key).Value;

    private static nn.Module<Tensor, Tensor> Create()
    {
        manual_seed(1);
        return nn.Sequential(nn.Linear(40, 30), nn.ReLU(), nn.Linear(30, 10));
    }
}
