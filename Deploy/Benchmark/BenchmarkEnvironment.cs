using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Deploy.Benchmark;

/// <summary>The machine and the software that figures were measured on.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Architecture">Its instruction set, as X64 or Arm64.</param>
/// <param name="LogicalCores">Cores that the process may use.</param>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="DotNet">The .NET runtime.</param>
/// <param name="OnnxRuntime">The version of ONNX Runtime.</param>
/// <param name="Gpu">The names of the NVIDIA GPUs, as their driver gives them; empty if there is none, or no such driver.</param>
public sealed record BenchmarkEnvironment(
    string Processor, string Architecture, int LogicalCores, string OperatingSystem, string DotNet, string OnnxRuntime, IReadOnlyList<string> Gpu)
{
    private const string NvidiaGpus = "/proc/driver/nvidia/gpus"; // a folder each, with a file of keys and values

    /// <summary>The machine that this process runs on.</summary>
    public static BenchmarkEnvironment Current() => new(
        ProcessorName(),
        RuntimeInformation.ProcessArchitecture.ToString(),
        System.Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        OrtEnv.Instance().GetVersionString(),
        Directory.Exists(NvidiaGpus) ? GpuNames(NvidiaGpus) : []);

    /// <summary>The names in a folder like the driver's.</summary>
    internal static IReadOnlyList<string> GpuNames(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "information", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => ValueOf("Model", file)).OfType<string>(),
    ];

    private static string ProcessorName()
    {
        const string linuxProcessors = "/proc/cpuinfo";
        var name = File.Exists(linuxProcessors)
            ? ValueOf("model name", linuxProcessors)
            : System.Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(name) ? "unknown" : name;
    }

    private static string? ValueOf(string key, string file) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
