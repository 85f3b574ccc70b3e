using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparseHybrid.Cli.Presentation;

namespace SparseHybrid.Cli.Doctor;

/// <summary>Processors and memory.</summary>
internal static class MachineFindings
{
    public static Finding Processors()
    {
        var (bits, instructions) = Vectors();
        var name = ProcessorName();
        var count = Environment.ProcessorCount;
        var description = $"{count} x {name}, {(bits > 0 ? $"vectors of {bits} bits ({instructions})" : "no vector instructions")}";
        return new Finding("processors", "Processors", true, description, null, new { name, count, vectorBits = bits, instructions });
    }

    public static Finding Memory()
    {
        var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var free = FreeMemory();
        var description = $"{Format.Gibibytes(total)}{(free is { } bytes ? $", {Format.Gibibytes(bytes)} of it free" : "")}";
        return new Finding("memory", "Memory", true, description, null, new { totalBytes = total, freeBytes = free });
    }

    private static (int Bits, string Instructions) Vectors()
    {
        if (Vector512.IsHardwareAccelerated || Avx512F.IsSupported)
        {
            return (512, "AVX-512");
        }

        return Avx2.IsSupported ? (256, "AVX2")
            : Vector128.IsHardwareAccelerated ? (128, RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "NEON" : "SSE")
            : (0, "none");
    }

    private static string ProcessorName() => LineOf("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static long? FreeMemory() =>
        LineOf("/proc/meminfo", "MemAvailable") is { } text && long.TryParse(text.Split(' ')[0], out var kibibytes) ? kibibytes * 1024 : null;

    private static string? LineOf(string file, string key) =>
        File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } found
            ? found[(found.IndexOf(':') + 1)..].Trim()
            : null;
}
