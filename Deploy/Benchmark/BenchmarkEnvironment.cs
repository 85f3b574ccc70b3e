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
public sealed record BenchmarkEnvironment(
    string Processor, string Architecture, int LogicalCores, string OperatingSystem, string DotNet, string OnnxRuntime)
{
    /// <summary>The machine that this process runs on.</summary>
    public static BenchmarkEnvironment Current() => new(
        ProcessorName(),
        RuntimeInformation.ProcessArchitecture.ToString(),
        System.Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        OrtEnv.Instance().GetVersionString());

    private static string ProcessorName()
    {
        const string linuxProcessors = "/proc/cpuinfo";
        var name = File.Exists(linuxProcessors)
            ? File.ReadLines(linuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : System.Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(name) ? "unknown" : name;
    }
}
