using System.Diagnostics;

namespace SparseHybrid.Tests.Support;

/// <summary>A test that asks Debian's python3-torch; skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonTorchFactAttribute : FactAttribute
{
    private const string Python = "/usr/bin/python3";

    public PythonTorchFactAttribute() =>
        Skip = File.Exists("/usr/lib/python3/dist-packages/torch/__init__.py") ? null : "PyTorch is not here: apt-get install python3-torch.";

    /// <summary>Runs a Python program; what it says on standard error is the failure's message.</summary>
    public static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, [program, .. arguments]) { RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }
}
