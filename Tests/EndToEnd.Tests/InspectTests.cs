using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class InspectTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private static readonly string[] LayerKeys =
        ["name", "operator", "shape", "weights", "zeros", "zeroFraction", "groups", "macs", "effectiveMacs", "bytes", "encodings"];

    [Fact]
    public void A_run_is_counted_as_it_reported_itself()
    {
        var (found, report) = (SparseProcess.Run("inspect", trained.Path, "--json").Done().Json, trained.Result.Json);

        JsonAssert.HasKeys(found, "model", "layers", "totals", "remarks");
        var totals = found.GetProperty("totals");
        JsonAssert.HasKeys(totals, "parameters", "regularisedWeights", "nonzeros", "macs", "effectiveMacs", "bytes", "encodings");
        JsonAssert.HasKeys(totals.GetProperty("encodings"), "dense", "sparse", "bitmask", "delta", "float16", "int8");
        Assert.Equal((report.Number("parameters"), report.Number("nonzeros")), (totals.Number("parameters"), totals.Number("nonzeros")));
        Assert.Equal((266_200, 266_200, 266_610 * 4), (totals.Number("regularisedWeights"), totals.Number("macs"), totals.Number("bytes")));
        var layers = found.GetProperty("layers").EnumerateArray().ToList();
        Assert.All(layers, layer => JsonAssert.HasKeys(layer, LayerKeys));
        Assert.Equal(["fc1", "fc2", "fc3"], layers.Select(layer => layer.Text("name")));
        Assert.Equal(report.Number("sparsity"), layers.Sum(layer => layer.Number("zeros")) / totals.Number("regularisedWeights"), 9);
        Assert.DoesNotContain(found.GetProperty("remarks").EnumerateArray(), remark => remark.GetString()!.StartsWith("The run reported", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_is_counted_as_its_run_and_without_libtorch()
    {
        using var folder = new TemporaryFolder();
        var file = trained.Export("dense", "inspected.onnx").Text("file");
        var loader = new Dictionary<string, string?> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = folder["loaded"] };

        var found = SparseProcess.Start(loader, "inspect", file, "--json").Wait().Done().Json;

        var ofRun = SparseProcess.Run("inspect", trained.Path, "--json").Done().Json;
        Assert.Equal(ofRun.GetProperty("layers").GetRawText(), found.GetProperty("layers").GetRawText());
        Assert.Equal(ofRun.GetProperty("totals").GetRawText(), found.GetProperty("totals").GetRawText());
        var libraries = string.Concat(folder.Contents.Select(name => File.ReadAllText(folder[name])));
        Assert.Contains("libonnxruntime", libraries);
        Assert.DoesNotContain("libtorch", libraries);
    }

    [Fact]
    public void A_network_is_shown_by_its_name_in_80_columns()
    {
        var lines = SparseProcess.Run("inspect", "resnet-18", "--quiet").Done().Output.Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains(lines, line => line.StartsWith("layer4.1.conv2", StringComparison.Ordinal) && line.Contains("512x512x3x3"));
        Assert.Contains(lines, line => line.StartsWith("555 422 720 MACs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no-such-thing", "no folder, no file and no network")]
    [InlineData("resnet-18", "--input", "3x2x2", "at least 8 x 8")]
    [InlineData("resnet-18", "--input", "wide", "--input")]
    public void What_cannot_be_looked_at_is_wrong_usage(params string[] argumentsAndWord) =>
        SparseProcess.Run(["inspect", .. argumentsAndWord[..^1]]).Refused(2, argumentsAndWord[^1]);
}
