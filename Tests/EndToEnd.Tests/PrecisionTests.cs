using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class PrecisionTests(SmallRun trained) : IClassFixture<SmallRun>
{
    [Fact]
    public void A_run_is_calibrated_on_its_training_images_and_judged_on_test_images()
    {
        var dense = trained.Export("dense", "fp32.onnx").Number("bytes");
        using var folder = new TemporaryFolder();

        var json = SparseProcess.Run("export", trained.Path, "--form", "dense", "--precision", "int8", "--out", folder["int8.onnx"], "--json").Done().Json;

        Assert.Equal("int8", json.Text("precision"));
        Assert.InRange(json.Number("bytes"), 0.2 * dense, 0.3 * dense);
        var classes = json.GetProperty("classes");
        Assert.InRange(classes.Number("agreement"), 0.95, 1);
        Assert.InRange(classes.Number("accuracy"), classes.Number("originalAccuracy") - 0.05, 1);
        var certificate = File.ReadAllText(json.Text("certificate"));
        Assert.Contains("\"calibration\": \"training images", certificate);
        Assert.Contains("\"source\": \"test images", certificate);
    }

    [Fact]
    public void Optimising_needs_calibration_samples_for_int8_and_none_for_float16()
    {
        using var folder = new TemporaryFolder();
        var dense = trained.Export("dense", "original.onnx").Text("file");
        SparseProcess.Run("optimize", dense, "--precision", "int8", "--out", folder["out.onnx"]).Refused(2, "int8", "--calibration");
        SparseProcess.Run("optimize", dense, "--precision", "fp16", "--keep-float", "fc1", "--out", folder["out.onnx"]).Refused(2, "--keep-float fc1");
        Assert.Empty(folder.Contents);

        var half = SparseProcess.Run("optimize", dense, "--form", "dense", "--precision", "fp16", "--out", folder["half.onnx"], "--json").Done().Json;

        Assert.InRange(half.Number("bytes"), 0.45 * new FileInfo(dense).Length, 0.55 * new FileInfo(dense).Length);
    }
}
