using SparseHybrid.Deploy.Report.Findings;

namespace SparseHybrid.Deploy.Tests.Report.Findings;

public sealed class RunNamesTests
{
    [Theory]
    [InlineData("/a/x /a/y", "x y")]
    [InlineData("/a/demo1/sparse /a/demo2/sparse /a/other", "demo1/sparse demo2/sparse other")]
    [InlineData("/x/a/s /y/a/s", "x/a/s y/a/s")]
    [InlineData("/a/x /a/x", "x x")]
    [InlineData("/s /a/s", "s a/s")]
    public void A_name_is_the_shortest_end_of_the_path_that_tells_runs_apart(string folders, string names) =>
        Assert.Equal(names.Split(' '), RunNames.Of(folders.Split(' ')));
}
