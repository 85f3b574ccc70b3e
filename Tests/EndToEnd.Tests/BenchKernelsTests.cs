using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class BenchKernelsTests
{
    private static readonly string[] Quick =
        ["bench", "kernels", "--shape", "fc:64x32,conv:4x8x3x3@8x8/2", "--zeros", "0.8,0.9", "--seconds", "0.002", "--rounds", "2"];

    [Fact]
    public void Layers_are_timed_dense_and_sparse()
    {
        var json = SparseProcess.Run([.. Quick, "--batch", "1,2", "--json"]).Done().Json;

        JsonAssert.HasKeys(json, "peakGigaflops", "processorsUsedByOthers", "rounds", "secondsPerKernel", "seed", "environment", "layers");
        Assert.Equal(4, json.GetProperty("layers").GetArrayLength());
        var layer = json.GetProperty("layers")[1];
        JsonAssert.HasKeys(layer, "layer", "batch", "threads", "denseMicroseconds", "breakEvenZeros", "isAlwaysFaster", "kernels");
        Assert.Equal("conv:4x8x3x3@8x8/2", layer.GetProperty("layer").GetString());
        var kernel = layer.GetProperty("kernels")[1];
        JsonAssert.HasKeys(kernel, "zeros", "nonzeros", "medianMicroseconds", "p95Microseconds", "runs", "speedup", "gigaflops", "shareOfPeak");
        Assert.Equal(29, kernel.Number("nonzeros")); // a tenth of 288
        Assert.Equal(layer.Number("denseMicroseconds") / kernel.Number("medianMicroseconds"), kernel.Number("speedup"), 9);
    }

    [Fact]
    public void People_get_a_table_that_fits_80_characters()
    {
        var output = SparseProcess.Run([.. Quick, "--quiet"]).Done().Output;

        Assert.Contains("conv:4x8x3x3@8x8/2", output);
        Assert.Contains("pays from", output);
        Assert.All(output.Split('\n').SkipWhile(line => !line.StartsWith("layer")).TakeWhile(line => line.Length > 0), line => Assert.InRange(line.Length, 1, 80));
    }

    [Theory]
    [InlineData("--shape", "conv:4x8x3x3")]
    [InlineData("--zeros", "1.5")]
    [InlineData("--seconds", "0")]
    public void A_value_out_of_range_is_refused(string option, string value) =>
        Assert.Contains("'./sparse bench kernels --help'", SparseProcess.Run("bench", "kernels", option, value).Refused(2, value).Error);
}
