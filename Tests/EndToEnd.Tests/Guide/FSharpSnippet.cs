using System.Text;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests.Guide;

/// <summary>The F# of a page as one script, since later blocks build on earlier ones.</summary>
internal static class FSharpSnippet
{
    private const string Separator = "\u0001";

    /// <summary>Runs the blocks in order.</summary>
    /// <returns>What each of them printed.</returns>
    public static IReadOnlyList<string> Run(IReadOnlyList<GuideBlock> blocks, GuideFolder folder)
    {
        var script = new StringBuilder($"#load \"{Repository.File("samples/references.fsx")}\"\n");
        foreach (var block in blocks)
        {
            script.Append(block.Given).Append(block.Text).Append("System.Console.Write \"\\u0001\"\n");
        }

        File.WriteAllText(folder["page.fsx"], script.ToString());
        var (exitStatus, printed) = folder.Start("dotnet", ["fsi", "--quiet", "page.fsx"], TimeSpan.FromMinutes(3));
        Assert.True(exitStatus == 0, $"{printed}\nof the script\n{script}");
        return printed.Split(Separator);
    }
}
