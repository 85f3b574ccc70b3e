using System.ComponentModel;
using System.Diagnostics;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Doctor;

/// <summary>The Debian packages that set-up asks for, or that the installed tool uses, as dpkg knows them.</summary>
internal static class PackageFindings
{
    private const string Data = "dataset-fashion-mnist";

    private static readonly string[] Needed = Installation.Choose<string[]>(
        inRepository: [.. TorchSharpPackage.IsInUse ? Array.Empty<string>() : ["g++", "make", "cmake"], "libonnx-dev", Data], asTool: [Data]);

    private static readonly bool HasOwnLibTorch =
        TorchSharpPackage.IsInUse || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("LIBTORCH"));
    private static readonly string[] LibTorch = [Installation.Choose("libtorch-dev", "libtorch1.13"), "libopenblas0-pthread"];

    public static Finding Packages()
    {
        string[] wanted = [.. Needed, .. HasOwnLibTorch ? [] : LibTorch];
        if (Installed(wanted) is not { } installed)
        {
            return new Finding("packages", "Debian packages", false, "this is no Debian system; packages were not checked", null, new { });
        }

        var missing = wanted.Except(installed.Keys).ToList();
        var description = missing.Count == 0 ? $"all {wanted.Length} that {Installation.Choose("set-up needs", "are of use")}" : $"missing: {string.Join(", ", missing)}";
        var advice = missing.Count == 0 ? null : $"apt-get install --no-install-recommends {string.Join(' ', missing)}";
        return new Finding("packages", "Debian packages", missing.Count == 0, description, advice, new { installed, missing });
    }

    private static Dictionary<string, string>? Installed(string[] packages)
    {
        var query = new ProcessStartInfo("dpkg-query", ["-W", "-f", "${db:Status-Status} ${Package} ${Version}\n", .. packages])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(query)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return lines.Select(line => line.Split(' ')).Where(words => words[0] == "installed").ToDictionary(words => words[1], words => words[2]);
        }
        catch (Win32Exception)
        {
            return null; // there is no dpkg-query
        }
    }
}
