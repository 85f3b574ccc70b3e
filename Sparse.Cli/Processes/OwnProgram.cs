using System.Diagnostics;

namespace SparseHybrid.Cli.Processes;

/// <summary>How this program is started once more.</summary>
internal static class OwnProgram
{
    /// <summary>A start of this program with other arguments, all three streams connected.</summary>
    public static ProcessStartInfo With(params string[] arguments)
    {
        // Run by the dotnet host, or as an executable of its own (a published one, a .NET tool).
        var host = Environment.ProcessPath ?? "dotnet";
        var assembly = typeof(OwnProgram).Assembly.Location;
        IEnumerable<string> all = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [assembly, .. arguments] : arguments;
        return new ProcessStartInfo(host, all)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
    }
}
