using System.Diagnostics;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests.Guide;

/// <summary>A folder as a reader's clone looks to the commands of a page: ./sparse, samples/ and docs/ are there, runs/ is not.</summary>
public sealed class GuideFolder : IDisposable
{
    private static readonly string[] Linked = ["samples", "docs", "recipes", "artifacts"];

    private readonly TemporaryFolder folder = new();
    private readonly bool hasRealData;

    /// <param name="hasRealData">Whether fashion-mnist is the published data set, and not a few small images.</param>
    public GuideFolder(bool hasRealData)
    {
        this.hasRealData = hasRealData;
        File.WriteAllText(folder["sparse"], $"#!/bin/sh\nexec dotnet '{SparseProcess.Program}' \"$@\"\n");
        Start("chmod", ["+x", "sparse"], TimeSpan.FromMinutes(1));
        foreach (var name in Linked.Where(name => Directory.Exists(Repository.File(name))))
        {
            Directory.CreateSymbolicLink(folder[name], Repository.File(name));
        }

        if (!hasRealData)
        {
            SmallImages.Write(folder[".data/sparse-hybrid/data/fashion-mnist"]);
        }
    }

    /// <summary>A path in it.</summary>
    public string this[string name] => folder[name];

    /// <summary>Runs commands of a page in bash.</summary>
    /// <returns>The exit status, and standard output and error together.</returns>
    public (int ExitStatus, string Printed) Run(string commands, TimeSpan patience) => Start("bash", ["-eo", "pipefail", "-c", $"exec 2>&1\n{commands}"], patience);

    /// <summary>Runs a program.</summary>
    /// <returns>The exit status, and standard output; of a program that fails, standard error too.</returns>
    public (int ExitStatus, string Printed) Start(string program, IEnumerable<string> arguments, TimeSpan patience)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PWD"] = folder.Path;
        if (!hasRealData)
        {
            start.Environment["XDG_DATA_HOME"] = folder[".data"];
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', start.ArgumentList)} did not end within {patience}:\n{printed.Result}\n{errors.Result}");
        }

        process.WaitForExit();
        return (process.ExitCode, Relative(process.ExitCode == 0 ? printed.Result : printed.Result + errors.Result));
    }

    public void Dispose() => folder.Dispose();

    // As in a clone, where all of this is in the current folder.
    private string Relative(string text) => text.Replace(folder.Path, ".", StringComparison.Ordinal).Replace(Repository.Root, ".", StringComparison.Ordinal);
}
