using System.Diagnostics;

namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>A test on a disk that is full; skipped where the system does not let this user mount one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.IsPossible ? null : "A small disk cannot be mounted here: unshare -rm mount -t tmpfs.";
}

/// <summary>A disk of 64 KiB that only one process and its children see.</summary>
public static class SmallDisk
{
    private const string Mount = "mount -t tmpfs -o size=64k none \"$0\"";

    public static bool IsPossible { get; } = Start(Path.GetTempPath(), Mount).Status == 0;

    /// <summary>Runs the command line with the disk in place of a folder; what it leaves there comes back with its errors.</summary>
    public static (int Status, string Left, string Errors) Run(string folder, params string[] arguments) =>
        Start(folder, $"{Mount} && {{ dotnet \"$@\" >/dev/null; status=$?; ls -A \"$0\"; exit $status; }}", [SparseProcess.Program, .. arguments]);

    private static (int Status, string Left, string Errors) Start(string folder, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", script, folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var left = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, left, errors.Result);
    }
}
