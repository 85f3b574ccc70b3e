using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class BenchStepTests
{
    [Fact]
    public void The_fused_step_is_timed_against_tensor_operations_and_a_copy()
    {
        var json = SparseProcess.Run("bench", "step", "--parameters", "300000", "--threads", "1", "--rounds", "5", "--json").Done().Json;
        JsonAssert.HasKeys(
            json,
            "parameters",
            "device",
            "cudaKernels",
            "fusedMilliseconds",
            "tensorOpsMilliseconds",
            "ratio",
            "gigabytesPerSecond",
            "memcpyGigabytesPerSecond",
            "bandwidthShare");
        Assert.Equal(300_000, json.Number("parameters"));
        Assert.True(json.Number("fusedMilliseconds") > 0);
        Assert.Equal(json.Number("tensorOpsMilliseconds") / json.Number("fusedMilliseconds"), json.Number("ratio"), 9);
        Assert.Equal(52 * 300_000 / (json.Number("fusedMilliseconds") * 1e6), json.Number("gigabytesPerSecond"), 9);
        Assert.True(json.Number("memcpyGigabytesPerSecond") > 0);
        Assert.True(json.Number("ratio") > 1, "the fused step is slower than a chain of tensor operations");
    }

    [Fact]
    public void People_get_the_same_in_three_lines()
    {
        var output = SparseProcess.Run("bench", "step", "--parameters", "1000", "--rounds", "1", "--quiet").Done().Output;
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("1 000 parameters", lines[0]);
        Assert.StartsWith("fused ", lines[1]);
        Assert.StartsWith("tensor operations ", lines[2]);
    }

    [Theory]
    [InlineData("--parameters", "0")]
    [InlineData("--threads", "none")]
    public void A_number_out_of_range_is_refused(string option, string value)
    {
        var refused = SparseProcess.Run("bench", "step", option, value).Refused(2, value);
        Assert.Contains("'./sparse bench step --help'", refused.Error);
    }

    [FactWithoutCuda]
    public void A_device_that_is_not_there_is_refused() =>
        SparseProcess.Run("bench", "step", "--device", "cuda", "--parameters", "10").Refused(1, "finds no CUDA device");

    [Fact]
    public void Its_help_does_not_ask_for_models()
    {
        var help = SparseProcess.Run("bench", "step", "--help").Done().Output;
        Assert.Contains("sparse bench step [options]", help);
        Assert.DoesNotContain("MODEL", help);
        Assert.Contains("--parameters", help);
        Assert.Contains("Examples:", help);
    }
}
