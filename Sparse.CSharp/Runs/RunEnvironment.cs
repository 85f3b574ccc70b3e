using System.Runtime.InteropServices;
using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>The machine and the versions that a run started with.</summary>
/// <param name="SparseHybrid">Version of this product.</param>
/// <param name="DotNet">Version of the .NET runtime.</param>
/// <param name="TorchSharp">Name and version of the assembly that offers the TorchSharp API.</param>
/// <param name="LibTorch">Version that the TorchSharp API reports.</param>
/// <param name="OperatingSystem">Name and version of the operating system.</param>
/// <param name="Processor">The processor's own name, or its architecture where that is not to be had.</param>
/// <param name="ProcessorCount">Logical processors that this process may use.</param>
/// <param name="Threads">Threads that libtorch computes with.</param>
public sealed record RunEnvironment(
    string SparseHybrid,
    string DotNet,
    string TorchSharp,
    string LibTorch,
    string OperatingSystem,
    string Processor,
    int ProcessorCount,
    int Threads)
{
    /// <summary>Looks around.</summary>
    public static RunEnvironment Current()
    {
        var torchSharp = typeof(torch).Assembly.GetName();
        return new RunEnvironment(
            typeof(RunEnvironment).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            Environment.Version.ToString(),
            $"{torchSharp.Name} {torchSharp.Version?.ToString(3)}",
            torch.__version__,
            RuntimeInformation.OSDescription,
            ProcessorName(),
            Environment.ProcessorCount,
            torch.get_num_threads());
    }

    private static string ProcessorName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var lines = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo) : [];
        var line = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
