using System.Security.Cryptography;
using System.Text;

namespace SparseHybrid.Deploy.Report;

/// <summary>What every page carries with it: the plotting library, the script that feeds it, the style.</summary>
internal static class ReportAssets
{
    /// <summary>Apache ECharts (Apache License 2.0), minified, as its authors released it.</summary>
    public static string PlottingLibrary { get; } = Read("echarts.min.js");

    /// <summary>Draws the charts of a page.</summary>
    public static string Script { get; } = Read("report.js");

    /// <summary>The style of a page.</summary>
    public static string Style { get; } = Read("report.css");

    /// <summary>Keeps a page up to date that follows a run.</summary>
    public static string LiveScript { get; } = Read("live.js");

    /// <summary>What a browser may do with a page in a file: run these two scripts and nothing else, and load nothing from anywhere.</summary>
    public static string FilePolicy { get; } = Policy(PlottingLibrary, Script);

    /// <summary>What a browser may do with a page that follows a run: in addition, hear from the server that it came from.</summary>
    public static string LivePolicy { get; } = $"{Policy(PlottingLibrary, Script, LiveScript)}; connect-src 'self'";

    private static string Policy(params string[] scripts) =>
        $"default-src 'none'; script-src {string.Join(' ', scripts.Select(HashOf))}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string HashOf(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    private static string Read(string name)
    {
        using var stream = typeof(ReportAssets).Assembly.GetManifestResourceStream($"Report/{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n"); // as a browser reads it, or the hash would not be that of the script
    }
}
