using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class DemoTests
{
    [Fact]
    public void It_ends_with_a_model_that_is_smaller_and_faster_and_its_json_has_the_promised_keys()
    {
        using var folder = new TemporaryFolder();
        var json = SparseProcess.Run("demo", "--json", "--out", folder["demo"]).Done().Json;
        JsonAssert.HasKeys(json, [.. JsonAssert.TrainKeys, "onnx", "speedup"]);
        JsonAssert.HasKeys(json.GetProperty("onnx"), "file", "bytes", "maxAbsDifference");
        Assert.Equal("lenet-300-100", json.Text("model"));
        Assert.InRange(json.Number("testAccuracy"), 0.868, 0.9);
        Assert.InRange(json.Number("sparsity"), 0.98, 0.9999);
        Assert.InRange(RunFiles.LastEpoch(folder["demo/dense"]).Number("testAccuracy"), 0.888, 0.91);
        Assert.Equal(0, RunFiles.LastEpoch(folder["demo/dense"]).Number("sparsity"), 3);
        Assert.InRange(json.GetProperty("onnx").Number("maxAbsDifference"), 0, 1e-4);
        Assert.Equal(new FileInfo(json.GetProperty("onnx").Text("file")).Length, json.GetProperty("onnx").Number("bytes"));
        var denseBytes = new FileInfo(folder["demo/dense/dense.onnx"]).Length;
        Assert.InRange(json.GetProperty("onnx").Number("bytes") / denseBytes, 0.01, 0.35);
        Assert.InRange(json.Number("speedup"), 1.5, 20); // 3 on a quiet machine; other tests run beside this one
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void People_get_a_table_of_accuracy_zeros_sizes_and_times_and_the_files()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        var result = SparseProcess.Run("demo", "--data-folder", data, "--epochs", "3", "--out", folder["demo"]).Done();
        Assert.Empty(result.Error);
        Assert.All(new[] { "accuracy", "zeros", "file", "batch 64", ".onnx", "model.safetensors", folder["demo/report.html"] }, word => Assert.Contains(word, result.Output));
        Assert.DoesNotContain("\u001b", result.Output);
        Assert.Contains("sparse and dense compared", File.ReadAllText(folder["demo/report.html"]));
    }

    [Fact]
    public void An_existing_folder_is_refused_at_once()
    {
        using var folder = new TemporaryFolder();
        SparseProcess.Run("demo", "--out", folder.Path).Refused(1, folder.Path, "exists");
        Assert.Empty(folder.Contents);
    }
}
