using SparseHybrid.Cli.Errors;
using SparseHybrid.Optim;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Cli.Doctor;

/// <summary>libtorch and CUDA, tried out by loading them.</summary>
internal static class LibTorchFindings
{
    /// <summary>Is the NVIDIA driver loaded?</summary>
    public static bool HasNvidiaDriver => File.Exists("/proc/driver/nvidia/version");

    public static Finding LibTorch()
    {
        var output = Console.Out;
        Console.SetOut(TextWriter.Null); // the official TorchSharp prints where it looked, 40 lines of it
        try
        {
            using var probe = torch.ones(4);
            var sum = probe.sum().item<float>();
            return sum == 4 ? Describe() : Missing($"it adds 1 + 1 + 1 + 1 to {sum}");
        }
        catch (Exception error)
        {
            var own = ErrorReport.FirstLine(ErrorReport.Unwrap(error).Message);
            return Missing(TorchSharpPackage.IsInUse ? NativeTorchSharp.Problem() ?? own : own);
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    public static Finding Cuda(bool hasLibTorch)
    {
        var devices = hasLibTorch ? DeviceCount() : 0;
        var kernels = devices > 0 ? CudaKernels.Describe(0) : null;
        var areUsed = devices > 0 && CudaKernels.AreUsed(0);
        var (description, advice) = (devices, HasNvidiaDriver) switch
        {
            ( > 0, _) => (
                $"{devices} {(devices == 1 ? "device" : "devices")}: train with --device cuda; "
                    + (areUsed ? $"fused steps on {kernels}" : $"steps run as tensor operations: {kernels}"),
                null),
            (0, true) => ("not used, though an NVIDIA driver is here", LibTorchAdvice.WithoutCuda),
            _ => ("none; training uses the processor", (string?)null),
        };
        return new Finding("cuda", "CUDA", devices > 0, description, advice, new { devices, driver = HasNvidiaDriver, fusedSteps = areUsed, kernels });
    }

    private static Finding Describe()
    {
        var file = LoadedLibraries.Find("libtorch_cpu.so");
        var blas = LoadedLibraries.Find("libopenblas", "libmkl_core", "libmkl_rt", "libblis", "libblas");
        var (version, threads) = (torch.__version__, torch.get_num_threads());
        var isReferenceBlas = blas is not null && Path.GetFileName(blas).StartsWith("libblas", StringComparison.Ordinal);
        var description = $"{version}{(file is null ? "" : $" in {Path.GetDirectoryName(file)}")}, {threads} {(threads == 1 ? "thread" : "threads")}"
            + (blas is null ? "" : $", BLAS {Path.GetFileName(blas)}");
        var advice = IsAnotherThanAskedFor(file) ? LibTorchAdvice.AnotherThanAskedFor
            : isReferenceBlas ? "This BLAS is the slow reference one: apt-get install libopenblas0-pthread."
            : null;
        return new Finding("libtorch", "libtorch", true, description, advice, new { version, file, blas, threads });
    }

    private static bool IsAnotherThanAskedFor(string? file) =>
        Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } folder && file is not null
        && !file.StartsWith(RealPath(folder), StringComparison.Ordinal);

    // Mapped files are known by their real paths.
    private static string RealPath(string folder) =>
        new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);

    private static Finding Missing(string why) => new("libtorch", "libtorch", false, why, LibTorchAdvice.Missing, new { error = why });

    private static int DeviceCount()
    {
        try
        {
            return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        }
        catch (Exception error) when (error is System.Runtime.InteropServices.ExternalException or DllNotFoundException)
        {
            return 0;
        }
    }
}
