using System.Security.Cryptography;
using System.Text.Json;
using Onnx;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Tests.Support;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Certify;

public sealed class CertificateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    [Fact]
    public void It_says_what_was_compared_with_what_and_belongs_to_its_model()
    {
        var original = folder.Write("model.onnx", new SequentialGraph(2).Gemm("fc", 3, [1, 2, 3, 4, 5, 6]).Build(3));

        var report = OptimizePipeline.Optimize(original, folder.File("out.onnx"));

        using var document = JsonDocument.Parse(File.ReadAllText(folder.File("out.certificate.json")));
        var certificate = document.RootElement;
        Assert.Equal(
            [
                "format", "model", "modelSha256", "weightsSha256", "form", "precision", "original", "samples", "tolerance", "classes", "maxAbsDifference", "largestOutput", "outputs",
                "sparseHybrid", "onnxRuntime",
            ],
            certificate.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Hash(folder.File("out.onnx")), certificate.GetProperty("modelSha256").GetString());
        Assert.Equal(Hash(original), certificate.GetProperty("original").GetProperty("sha256").GetString());
        Assert.Equal(WeightsHash.Of(ModelFile.Load(folder.File("out.onnx"))), certificate.GetProperty("weightsSha256").GetString());
        Assert.Equal("random, seed 1", certificate.GetProperty("samples").GetProperty("source").GetString());
        Assert.Equal(report.MaxAbsDifference, certificate.GetProperty("maxAbsDifference").GetDouble());
        Assert.Equal("output", certificate.GetProperty("outputs")[0].GetProperty("name").GetString());
        Assert.Equal(report.Certificate.ToJsonLine(), InMetadata(folder.File("out.onnx")));
    }

    [Fact]
    public void A_model_that_is_optimised_twice_has_one_certificate()
    {
        var path = folder.Write("model.onnx", new SequentialGraph(2).Gemm("fc", 3, [1, 2, 3, 4, 5, 6]).Build(3));
        OptimizePipeline.Optimize(path, folder.File("once.onnx"));
        OptimizePipeline.Optimize(folder.File("once.onnx"), folder.File("twice.onnx"), new OptimizeOptions { Form = ModelForm.SparseWeights });
        Assert.Contains("\"once.onnx\"", InMetadata(folder.File("twice.onnx")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_smaller_export_takes_away_the_external_data_of_the_one_before_and_nothing_else()
    {
        using var model = nn.Sequential(nn.Linear(40, 30), nn.ReLU(), nn.Linear(30, 10));
        var path = folder.File("model.onnx");
        ExportPipeline.Export(model, [40], randn(2, 40), path, new ExportPipelineOptions { ExternalDataAbove = 0 });

        ExportPipeline.Export(model, [40], randn(2, 40), path);

        Assert.Equal(["model.certificate.json", "model.onnx"], folder.Names.Order());
        folder.Write("model.onnx.data", "someone else's"u8.ToArray());
        ExportPipeline.Export(model, [40], randn(2, 40), path);
        Assert.Equal("someone else's", File.ReadAllText(folder.File("model.onnx.data")));
    }

    [SmallDiskFact]
    public void A_disk_that_is_full_of_external_data_holds_no_part_of_the_model()
    {
        using var model = nn.Linear(400, 300);
        using var disk = new SmallDisk(folder.File("disk"), kibibytes: 128);
        var path = Path.Combine(disk.Path, "model.onnx");

        var error = Assert.Throws<ExportException>(
            () => ExportPipeline.Export(model, [400], randn(1, 400), path, new ExportPipelineOptions { ExternalDataAbove = 0 }));

        Assert.Contains(path, error.What, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static string InMetadata(string path) =>
        Assert.Single(ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).MetadataProps, entry => entry.Key == Certificate.MetadataKey).Value;
}
