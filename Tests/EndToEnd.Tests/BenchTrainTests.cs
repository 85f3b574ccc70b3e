using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class BenchTrainTests
{
    [Fact]
    public void A_training_step_is_timed_and_its_memory_told()
    {
        var json = SparseProcess.Run("bench", "train", "--model", "small-vgg", "--width", "0.5", "--batch", "4", "--steps", "3", "--json").Done().Json;
        JsonAssert.HasKeys(
            json, "model", "method", "parameters", "batch", "threads", "steps", "medianMilliseconds", "p95Milliseconds", "medianProcessorMilliseconds",
            "imagesPerSecond", "peakBytes");
        Assert.Equal(("small-vgg", 4, 1, 3), (json.Text("model"), json.Number("batch"), json.Number("threads"), json.Number("steps")));
        Assert.Equal(4e3 / json.Number("medianMilliseconds"), json.Number("imagesPerSecond"), 6);
        Assert.True(json.Number("peakBytes") > 1e7);
    }

    [Fact]
    public void People_get_the_same_in_three_lines()
    {
        var output = SparseProcess.Run("bench", "train", "--steps", "1", "--quiet").Done().Output;
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("lenet-300-100 by xrda, 266 610 parameters, batches of 32", lines[0]);
        Assert.StartsWith("a step ", lines[1]);
        Assert.StartsWith("memory ", lines[2]);
    }

    [Theory]
    [InlineData("vgg-16 needs images of at least 16 x 16; these are 8 x 8", "--model", "vgg-16", "--input", "3x8x8")]
    [InlineData("[3, 8]", "--input", "3x8")]
    [InlineData("--width 2 does not go with --model lenet-300-100", "--width", "2")]
    [InlineData("--steps is '0'", "--steps", "0")]
    public void What_does_not_fit_is_refused(string why, params string[] options) =>
        SparseProcess.Run(["bench", "train", .. options]).Refused(2, why);
}
