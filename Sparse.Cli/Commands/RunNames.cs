using System.Globalization;

namespace SparseHybrid.Cli.Commands;

/// <summary>Names of run folders that nobody chose.</summary>
internal static class RunNames
{
    /// <summary>runs/(what)-(date)-(time), relative to the working directory.</summary>
    public static string Default(string what) =>
        Path.Combine("runs", $"{what}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
}
