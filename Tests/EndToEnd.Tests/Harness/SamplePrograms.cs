using System.Globalization;
using System.Text.RegularExpressions;

namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>The C# programs of samples/, as they were built.</summary>
public static class SamplePrograms
{
    /// <summary>The program of a sample.</summary>
    public static string Of(string name) => SparseProcess.Built(name, $"{name}.dll");

    /// <summary>Runs a sample to its end, which must be a good one.</summary>
    public static string Run(string name, params string[] arguments) => SparseProcess.RunProgram(Of(name), null, arguments).Done().Output;

    /// <summary>The number in the first group of a pattern, wherever it matches.</summary>
    public static double[] Numbers(string output, string pattern) =>
        [.. Regex.Matches(output, pattern, RegexOptions.Multiline).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    /// <summary>The only such number.</summary>
    public static double Number(string output, string pattern)
    {
        var found = Numbers(output, pattern);
        Assert.True(found.Length == 1, $"'{pattern}' matches {found.Length} times in:\n{output}");
        return found[0];
    }
}
