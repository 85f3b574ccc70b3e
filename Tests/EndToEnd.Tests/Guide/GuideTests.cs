using System.Text;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests.Guide;

/// <summary>
/// README.md and the pages of docs/ and docs/comparisons/ as their readers meet them: every command is run, every snippet compiled, and what the pages show as
/// printed is compared with what is printed. With SPARSE_DOCS=full on the real data; SPARSE_DOCS=update writes what is printed into the pages.
/// </summary>
public sealed class GuideTests
{
    private static readonly string? Form = Environment.GetEnvironmentVariable("SPARSE_DOCS");

    private static readonly bool IsUpdate = Form == "update";

    private static readonly bool IsFull = IsUpdate || Form == "full";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(IsFull ? 30 : 3);

    public static TheoryData<string> Pages =>
        [
            "README.md",
            .. Directory.EnumerateFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories).Order().Select(page => Path.GetRelativePath(Repository.Root, page)),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_runs_every_snippet_compiles_and_what_is_shown_is_printed(string page)
    {
        var markdown = File.ReadAllText(Repository.File(page));
        var blocks = GuideBlock.Read(markdown);
        using var folder = new GuideFolder(IsFull);
        var printed = new Dictionary<GuideBlock, string>();
        var fsharp = blocks.Where(block => block.Language == "fsharp" && IsRun(block)).ToList();
        if (fsharp.Count > 0)
        {
            fsharp.Zip(FSharpSnippet.Run(fsharp, folder)).ToList().ForEach(pair => printed.Add(pair.First, pair.Second));
        }

        foreach (var block in blocks.Where(IsRun).Where(block => block.Language is "sh" or "csharp"))
        {
            var (exitStatus, text) = block.Language == "sh" ? folder.Run(block.Text, Patience) : CSharpSnippet.Check(block, folder);
            Assert.True(exitStatus == block.ExitStatus, $"{page}, line {block.Line}: exit status {exitStatus}, expected {block.ExitStatus}.\n{block.Text}\n{text}");
            printed.Add(block, text);
        }

        var shown = blocks.Zip(blocks.Skip(1)).Where(pair => pair.Second.IsPrinted && printed.ContainsKey(pair.First)).ToList();
        if (IsUpdate)
        {
            File.WriteAllText(Repository.File(page), Updated(markdown, shown.ToDictionary(pair => pair.Second, pair => printed[pair.First])));
            return;
        }

        foreach (var (block, output) in shown.Where(pair => !pair.Second.IsVarying && (IsFull || !pair.Second.IsForFullCheck)))
        {
            var missing = PrintedLines.FirstMissing(output.Text, printed[block]);
            Assert.True(missing is null, $"{page}, line {output.Line}: nothing like this was printed:\n{missing}\nIt was:\n{printed[block]}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_says_what_it_is_and_every_link_leads_somewhere(string page)
    {
        var markdown = File.ReadAllText(Repository.File(page));
        Assert.All(GuideBlock.Read(markdown), block => Assert.Contains(block.Language, new[] { "sh", "text", "csharp", "fsharp", "json", "html" }));
        Assert.All(GuideLinks.Of(markdown), link => Assert.True(
            GuideLinks.Exists(Repository.File(page), link), $"{page} links to '{link}', which is not there."));
    }

    private static bool IsRun(GuideBlock block) => !block.IsNeverRun && (IsFull || !block.IsForFullCheck);

    private static string Updated(string markdown, Dictionary<GuideBlock, string> printed)
    {
        var lines = markdown.Split('\n').ToList();
        foreach (var (block, text) in printed.OrderByDescending(pair => pair.Key.Line))
        {
            lines.RemoveRange(block.Line, block.Text.Count(symbol => symbol == '\n'));
            lines.InsertRange(block.Line, text.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
        }

        return new StringBuilder().AppendJoin('\n', lines).ToString();
    }
}
