using System.Diagnostics;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>A test that asks Debian's python3-onnx; skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonOnnxFactAttribute : FactAttribute
{
    private const string Python = "/usr/bin/python3";

    public PythonOnnxFactAttribute()
    {
        if (!File.Exists(Python) || Run("import onnx").ExitCode != 0)
        {
            Skip = "The independent ONNX checker is not here: apt-get install python3-onnx.";
        }
    }

    /// <summary>Runs a Python program of one line or more.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, ["-c", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
