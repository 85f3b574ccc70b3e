using System.Globalization;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Tests.Support;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

/// <summary>Not beside other tests, whose memory would count as well.</summary>
[CollectionDefinition(nameof(PeakMemoryTests), DisableParallelization = true)]
[Collection(nameof(PeakMemoryTests))]
public class PeakMemoryTests
{
    private const long Mebibyte = 1L << 20;

    [Theory]
    [InlineData(2_000_000_000L)]
    [InlineData(0L)]
    public void A_large_model_is_exported_and_compared_in_less_than_three_times_its_weights(long externalDataAbove)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(nn.Linear(3072, 4096), nn.ReLU(), nn.Linear(4096, 3328), nn.ReLU(), nn.Linear(3328, 10));
        var weights = model.parameters().Sum(parameter => parameter.numel() * sizeof(float));
        Assert.InRange(weights, 100 * Mebibyte, 101 * Mebibyte);
        var samples = randn(4, 3072);
        ForgetPeak();
        var (before, _) = Resident();

        ExportPipeline.Export(
            model, [3072], samples, folder.File("model.onnx"), new ExportPipelineOptions { ExternalDataAbove = externalDataAbove });

        var growth = Resident().Peak - before;
        Assert.True(
            growth < 2 * weights, // the weights themselves are the third
            $"The peak grew by {growth / Mebibyte} MiB for {weights / Mebibyte} MiB of weights.");
    }

    private static void ForgetPeak()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static (long Now, long Peak) Resident()
    {
        var status = File.ReadAllLines("/proc/self/status");
        return (Bytes("VmRSS:"), Bytes("VmHWM:"));

        long Bytes(string key) =>
            1024 * long.Parse(status.Single(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..^2], CultureInfo.InvariantCulture);
    }
}
