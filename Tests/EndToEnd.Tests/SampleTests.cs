using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_soft_threshold_script_prints_exact_zeros()
    {
        var output = await RunScript("01-soft-threshold.fsx");
        Assert.Contains("after      2.5000  -0.5000   0.0000   0.0000   0.0000", output);
        Assert.Contains("zeros   3 of 5", output);
        Assert.Contains("zeros      2 of 4", output);
    }

    [Fact]
    public async Task Adaptive_xRDA_finds_the_support_in_at_least_19_of_20_seeds_and_in_more_than_plain_l1()
    {
        using var folder = new TemporaryFolder();
        var output = await RunScript("02-sparse-regression.fsx", folder.Path);
        var counts = Regex.Match(output, @"Found exactly: adaptive xRDA (\d+) of 20, plain l1 at its best lambda [\d.]+: (\d+) of 20\.");
        var (adaptive, plain) = (Number(counts.Groups[1]), Number(counts.Groups[2]));
        Assert.InRange(adaptive, 19, 20);
        Assert.True(adaptive > plain, output);
        AssertIsPicture(folder["sparse-regression.svg"], series: 5);
    }

    [Fact]
    public async Task A_penalty_of_ones_own_puts_weights_exactly_on_three_values()
    {
        using var folder = new TemporaryFolder();
        var output = await RunScript("03-own-regularizer.fsx", folder.Path, SmallImages.Write(folder["data"]));
        var first = Regex.Matches(output, @"fc1\.weight  zero +([\d.]+) %  c or -c +([\d.]+) %");
        Assert.Equal(2, first.Count);
        Assert.Equal((0, 0), (Number(first[0].Groups[1]), Number(first[0].Groups[2])));
        Assert.True(Number(first[1].Groups[1]) > 10, output);
        AssertIsPicture(folder["own-regularizer.svg"], series: 2);
    }

    [Fact]
    public async Task Adaptive_weights_wake_and_die_where_the_formulas_say()
    {
        using var folder = new TemporaryFolder();
        var output = await RunScript("04-hysteresis.fsx", folder.Path, "0.002");
        Assert.Contains("target rising    0.502  mu M = 0.5000", output);
        Assert.Contains("exact log prox   0.088  T    = 0.0862", output);
        Assert.Contains("target falling   0.062  F    = 0.0613", output);
        AssertIsPicture(folder["hysteresis.svg"], series: 6);
    }

    [Fact]
    public async Task Dual_averaging_keeps_zeros_under_annealing_and_proximal_SGD_loses_them()
    {
        using var folder = new TemporaryFolder();
        var output = await RunScript("05-rda-against-proximal-sgd.fsx", folder.Path, "1600");
        Assert.True(ZerosAtTheEnd(output, "xRDA") > 98, output);
        Assert.True(ZerosAtTheEnd(output, "RDA, constant step size") > 98, output);
        Assert.True(ZerosAtTheEnd(output, "proximal SGD") < 60, output);
        Assert.True(ZerosAtTheEnd(output, "proximal SGD from xRDA's zeros") < 60, output);
        AssertIsPicture(folder["rda-against-proximal-sgd.svg"], series: 6);
    }

    [Fact]
    public async Task A_method_of_ones_own_is_swept_beside_built_in_ones()
    {
        using var folder = new TemporaryFolder();
        var output = await RunScript("06-own-method.fsx", folder.Path, SmallImages.Write(folder["data"]));
        Assert.Equal(
            ["xrda", "proximal-sgd", "proximal SGD, constant threshold"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith(' ')).SkipLast(1));
        var zeros = SamplePrograms.Numbers(output, @"zeros +([0-9.]+) %");
        Assert.Equal(12, zeros.Length);
        Assert.All(zeros.Chunk(4), path => Assert.Equal(path.Order(), path)); // more lambda, more zeros
        Assert.All(zeros.Chunk(4), path => Assert.True(path[^1] > path[0], output));
        AssertIsPicture(folder["own-method.svg"], series: 3);
    }

    private static async Task<string> RunScript(string name, string? folder = null, params string[] arguments)
    {
        var script = Repository.File($"samples/{name}");
        var start = new ProcessStartInfo("dotnet", ["fsi", "--quiet", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await error);
        return output;
    }

    /// <summary>Well-formed, a name in the legend for each series, and every coordinate a number.</summary>
    private static void AssertIsPicture(string path, int series)
    {
        var picture = XDocument.Load(path);
        var coordinates = picture.Descendants().SelectMany(element => element.Attributes()).Select(attribute => attribute.Value);
        Assert.Equal(series, picture.Descendants().Count(element => element.Attribute("height")?.Value == "6"));
        Assert.DoesNotContain(coordinates, value => value.Contains("NaN") || value.Contains("Infinity") || value.Contains('∞'));
    }

    private static double ZerosAtTheEnd(string output, string method) =>
        Number(Regex.Match(output, $@"^  {Regex.Escape(method)} +step .* step +1600: +([\d.]+) %", RegexOptions.Multiline).Groups[1]);

    private static double Number(Group found) => double.Parse(found.Value, CultureInfo.InvariantCulture);
}
