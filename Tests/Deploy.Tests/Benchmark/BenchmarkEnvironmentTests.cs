using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public sealed class BenchmarkEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void This_machine_has_a_processor_and_the_ONNX_Runtime_of_the_binding()
    {
        var environment = BenchmarkEnvironment.Current();
        Assert.NotEmpty(environment.Processor);
        Assert.Equal(Environment.ProcessorCount, environment.LogicalCores);
        Assert.StartsWith("1.", environment.OnnxRuntime, StringComparison.Ordinal);
    }

    [Fact]
    public void GPUs_are_named_as_their_driver_does()
    {
        Write("0000:01:00.0", "Model: \t\t NVIDIA A\nIRQ:   \t\t 100\n");
        Write("0000:02:00.0", "Model: \t\t NVIDIA B\n");
        Write("0000:03:00.0", "IRQ:   \t\t 101\n");
        Assert.Equal(["NVIDIA A", "NVIDIA B"], BenchmarkEnvironment.GpuNames(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    private void Write(string device, string text)
    {
        Directory.CreateDirectory(folder.File(device));
        File.WriteAllText(Path.Combine(folder.File(device), "information"), text);
    }
}
