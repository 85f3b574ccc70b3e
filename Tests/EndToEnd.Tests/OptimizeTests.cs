using System.Text.Json;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class OptimizeTests(SmallRun trained) : IClassFixture<SmallRun>
{
    [Fact]
    public void A_model_is_shrunk_beside_the_original_on_real_images_with_a_certificate()
    {
        var dense = trained.Export("dense", "lenet.onnx").Text("file");

        var json = SparseProcess.Run("optimize", dense, "--input", "fashion-mnist", "--samples", "200", "--batch", "1,50", "--json").Done().Json;

        JsonAssert.HasKeys(json, "file", "form", "bytes", "maxAbsDifference", "largestOutput", "samplesCompared", "certificate", "layers", "tensors",
            "network", "precision", "classes");
        Assert.Equal(("shrunk", 200), (json.Text("form"), json.Number("samplesCompared")));
        Assert.Equal(dense.Replace("lenet.onnx", "lenet.shrunk.onnx"), json.Text("file"));
        Assert.Equal(new FileInfo(json.Text("file")).Length, json.Number("bytes"));
        Assert.InRange(json.Number("bytes"), 1_000, new FileInfo(dense).Length - 1);
        var layers = json.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(["fc1", "fc2", "fc3"], layers.Select(layer => layer.Text("name")));
        Assert.All(layers, layer => JsonAssert.HasKeys(
            layer, "name", "operator", "weights", "zeros", "unitsBefore", "unitsAfter", "parametersBefore", "parametersAfter", "choice", "precision", "microseconds", "why"));
        Assert.Contains("\"source\": \"test images of fashion-mnist\"", File.ReadAllText(json.Text("certificate")));
    }

    [Theory]
    [InlineData("sparse-kernels")]
    [InlineData("auto")]
    public void Layers_with_many_zeros_may_go_to_sparse_kernels(string form)
    {
        var dense = trained.Export("dense", $"before-{form}.onnx").Text("file");

        var json = SparseProcess.Run("optimize", dense, "--form", form, "--batch", "2", "--json").Done().Json;

        Assert.Equal((form, $"before-{form}.{form}.onnx"), (json.Text("form"), Path.GetFileName(json.Text("file"))));
        var layers = json.GetProperty("layers").EnumerateArray().ToList();
        Assert.All(layers, layer => Assert.Contains(layer.Text("choice"), new[] { "dense", "shrunk", "sparse-kernels" }));
        Assert.All(layers, layer => Assert.NotEmpty(layer.Text("why")));
        var network = json.GetProperty("network");
        Assert.Equal(form == "auto" ? JsonValueKind.Object : JsonValueKind.Null, network.ValueKind);
        Assert.Equal(2, form == "auto" ? network.Number("batch") : 2);
        Assert.Contains("\"choices\"", File.ReadAllText(json.Text("certificate")));
        Assert.Contains("microseconds", trained.Export(form, $"exported-{form}.onnx", "--no-measure").ToString());
    }

    [Fact]
    public void External_data_go_with_the_model_and_the_next_export_takes_them_away()
    {
        var whole = trained.Export("dense", "whole.onnx");
        var parts = trained.Export("dense", "parts.onnx", "--external-data", "always");
        Assert.True(File.Exists(trained["parts.onnx.data"]));
        Assert.InRange(new FileInfo(trained["parts.onnx"]).Length, 1, 20_000);
        var shrunk = SparseProcess.Run("optimize", trained["parts.onnx"], "--out", trained["again.onnx"], "--json").Done().Json;
        Assert.InRange(shrunk.Number("bytes"), 1_000, whole.Number("bytes") - 1);

        trained.Export("dense", "parts.onnx");

        Assert.False(File.Exists(trained["parts.onnx.data"]));
        Assert.InRange(parts.Number("bytes"), whole.Number("bytes") - 20_000, whole.Number("bytes") + 20_000);
    }

    [Fact]
    public void Tensors_with_many_zeros_are_stored_as_their_non_zeros()
    {
        var (dense, sparse) = (trained.Export("dense", "all.onnx"), trained.Export("sparse-weights", "nonzeros.onnx"));
        Assert.InRange(sparse.Number("bytes"), 1_000, dense.Number("bytes") / 2);
        var first = sparse.GetProperty("tensors").EnumerateArray().First(tensor => tensor.Text("name") == "fc1.weight");
        JsonAssert.HasKeys(first, "name", "shape", "entries", "zeros", "denseBytes", "sparseBytes", "choice");
        Assert.Equal("sparse-weights", first.Text("choice"));
        var again = SparseProcess.Run("optimize", sparse.Text("file"), "--form", "shrunk", "--out", trained["from-sparse.onnx"], "--json").Done().Json;
        Assert.InRange(again.Number("bytes"), 1_000, dense.Number("bytes") - 1);
    }

    [Fact]
    public void Filters_that_were_trained_to_zero_make_layers_narrower()
    {
        using var folder = new TemporaryFolder();
        SparseProcess.Run(
            "train", "--data-folder", SmallImages.Write(folder["data"]), "--model", "lenet-5", "--mode", "output-filter", "--lambda", "1e-3",
            "--epochs", "4", "--threads", "1", "--quiet", "--out", folder["run"]).Done();
        var layers = SparseProcess.Run("export", folder["run"], "--form", "shrunk", "--json").Done().Json.GetProperty("layers").EnumerateArray().ToList();
        Assert.All(
            layers.Where(layer => layer.Text("operator") == "Conv"),
            layer => Assert.InRange(layer.Number("unitsAfter"), 1, layer.Number("unitsBefore") - 1));
    }

    [Fact]
    public void What_cannot_be_done_is_refused_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var dense = trained.Export("dense", "original.onnx").Text("file");
        SparseProcess.Run("optimize", dense, "--out", dense).Refused(2, dense, "original");
        SparseProcess.Run("optimize", folder["absent.onnx"]).Refused(1, folder["absent.onnx"]);
        SparseProcess.Run("optimize", dense, "--input", folder["absent.npy"], "--out", folder["out.onnx"]).Refused(1, folder["absent.npy"]);
        SparseProcess.Run("optimize", dense, "--form", "dense", "--out", "/proc/out.onnx").Refused(1, "/proc/out.onnx");
        SparseProcess.Run("optimize", dense, "--batch", "1,1").Refused(2, "--batch", "1,1");
        Assert.Empty(folder.Contents);
    }
}
