using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class DemoTests
{
    [Fact]
    public void It_trains_exports_and_measures_and_its_json_has_the_promised_keys()
    {
        using var folder = new TemporaryFolder();
        var result = SparseProcess.Run("demo", "--epochs", "2", "--json", "--out", folder["demo"]).Done();
        var json = result.Json;
        JsonAssert.HasKeys(json, [.. JsonAssert.TrainKeys, "onnx", "speedup"]);
        JsonAssert.HasKeys(json.GetProperty("onnx"), "file", "bytes", "maxAbsDifference");
        Assert.Equal("lenet-300-100", json.Text("model"));
        Assert.InRange(json.Number("testAccuracy"), 0.7, 0.95);
        Assert.InRange(json.Number("sparsity"), 0.5, 0.9999);
        Assert.InRange(json.GetProperty("onnx").Number("maxAbsDifference"), 0, 1e-4);
        Assert.Equal(new FileInfo(json.GetProperty("onnx").Text("file")).Length, json.GetProperty("onnx").Number("bytes"));
        Assert.True(json.Number("speedup") > 0.5);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void People_get_a_table_of_accuracy_zeros_sizes_and_times_and_the_files()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        var result = SparseProcess.Run("demo", "--data-folder", data, "--epochs", "3", "--out", folder["demo"]).Done();
        Assert.Empty(result.Error);
        Assert.All(new[] { "accuracy", "zeros", "file", "batch 64", ".onnx", "model.safetensors" }, word => Assert.Contains(word, result.Output));
        Assert.DoesNotContain("\u001b", result.Output);
    }

    [Fact]
    public void An_existing_folder_is_refused_at_once()
    {
        using var folder = new TemporaryFolder();
        SparseProcess.Run("demo", "--out", folder.Path).Refused(1, folder.Path, "exists");
        Assert.Empty(folder.Contents);
    }
}
