using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class ExportAndBenchTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    [Fact]
    public void Dense_and_shrunk_agree_with_libtorch_and_are_timed_against_each_other()
    {
        var (dense, shrunk) = (trained.Export("dense", "dense.onnx"), trained.Export("shrunk", "shrunk.onnx"));
        foreach (var (json, form) in new[] { (dense, "dense"), (shrunk, "shrunk") })
        {
            JsonAssert.HasKeys(json, "file", "form", "bytes", "maxAbsDifference", "largestOutput", "samplesCompared", "certificate", "layers", "tensors",
                "network", "precision", "classes");
            Assert.Equal(form, json.Text("form"));
            Assert.Equal(new FileInfo(json.Text("file")).Length, json.Number("bytes"));
            Assert.InRange(json.Number("maxAbsDifference"), 0, 1e-4);
            Assert.Equal(1000, json.Number("samplesCompared"));
        }

        Assert.InRange(dense.Number("bytes"), 266_610 * 4, 266_610 * 4 + 20_000);
        Assert.InRange(shrunk.Number("bytes"), 1_000, dense.Number("bytes") - 1);

        var bench = SparseProcess.Run(
            "bench", dense.Text("file"), shrunk.Text("file"), "--provider", "cpu", "--threads", "1", "--batch", "64", "--seconds", "0.5", "--json")
            .Done().Json;
        Assert.Equal(("cpu", 1, 64), (bench.Text("provider"), bench.Number("threads"), bench.Number("batch")));
        var results = bench.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([dense.Text("file"), shrunk.Text("file")], results.Select(result => result.Text("model")));
        Assert.All(results, result =>
        {
            Assert.True(result.Number("medianMicroseconds") > 0);
            Assert.True(result.Number("p95Microseconds") >= result.Number("medianMicroseconds"));
            Assert.Equal(64e6 / result.Number("medianMicroseconds"), result.Number("perSecond"), 3);
            Assert.Equal(results[0].Number("medianMicroseconds") / result.Number("medianMicroseconds"), result.Number("speedup"), 9);
        });
        Assert.Equal(1, results[0].Number("speedup"));
        Assert.Equal([dense.Number("bytes"), shrunk.Number("bytes")], results.Select(result => result.Number("fileBytes")));
    }

    [Fact]
    public void Without_a_name_the_model_goes_into_the_run_folder()
    {
        var json = SparseProcess.Run("export", trained.Path, "--json").Done().Json;
        Assert.Equal(Path.GetFullPath(trained.Path), Path.GetDirectoryName(Path.GetFullPath(json.Text("file"))));
        Assert.True(File.Exists(json.Text("file")));
        File.Delete(json.Text("file"));
    }

    [Theory]
    [InlineData("/proc/model.onnx")]
    [InlineData("/dev/null/model.onnx")]
    public void An_unwritable_output_is_refused(string output) =>
        SparseProcess.Run("export", trained.Path, "--out", output).Refused(1, output);

    [SmallDiskFact]
    public void A_full_disk_is_told_and_nothing_is_left_on_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder["model.onnx"];
        var dense = trained.Export("dense", "for-a-small-disk.onnx").Text("file");
        foreach (var command in new[] { new[] { "export", trained.Path, "--form", "dense" }, ["optimize", dense, "--form", "dense"] })
        {
            var (status, left, errors) = SmallDisk.Run(folder.Path, [.. command, "--out", file]);
            Assert.Equal((1, ""), (status, left));
            Assert.Contains($"Cannot write '{file}'. No space left", errors);
            Assert.Contains("enough free space", errors);
        }
    }

    [Fact]
    public void A_truncated_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(trained.Export("dense", "whole.onnx").Text("file"));
        File.WriteAllBytes(folder["cut.onnx"], whole[..(whole.Length / 2)]);
        SparseProcess.Run("bench", folder["cut.onnx"]).Refused(1, folder["cut.onnx"]);
    }

    [Fact]
    public void A_run_with_damaged_weights_cannot_be_exported()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        SparseProcess.Run("train", "--data-folder", data, "--epochs", "1", "--quiet", "--out", folder["run"]).Done();
        var weights = Path.Combine(folder["run"], "model.safetensors");
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..1000]);
        SparseProcess.Run("export", folder["run"]).Refused(1, weights);
        Assert.Empty(Directory.EnumerateFiles(folder["run"], "*.onnx*"));
    }
}
