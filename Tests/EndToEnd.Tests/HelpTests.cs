using System.Text.RegularExpressions;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed partial class HelpTests
{
    private static readonly string[] WithoutDefault = ["-?, -h, --help", "--version", "--resume <RUN>", "--resume <SWEEP>", "--resume <COMPARISON>"];

    [Fact]
    public void The_help_of_the_program_names_every_command()
    {
        var help = SparseProcess.Run("--help").Done().Output;
        Assert.All(
            new[] { "demo", "train", "sweep", "compare <RECIPE>", "export <RUN>", "optimize <MODEL>", "bench <MODEL>", "inspect <MODEL>", "report <RUN>", "data", "doctor" },
            command => Assert.Contains($"  {command} ", help));
        Assert.Contains("sparse [command] [options]", help);
    }

    [Theory]
    [InlineData("demo", "--lambda", "--epochs", "--seed", "--out")]
    [InlineData("train", "--data", "--data-folder", "--model", "--method", "--mode", "--lambda", "--step-size", "--epochs", "--batch", "--seed")]
    [InlineData("train", "--config", "--set", "--print-config", "--config-schema", "--regularizer", "--schedule", "--milestones", "--warm-up")]
    [InlineData("train", "--clip-norm", "--label-smoothing", "--validation-share", "--patience", "--average-weights", "--dead-layers")]
    [InlineData("train", "--data-file", "--data-arrays", "--data-channels")]
    [InlineData("train", "--maximum-factor", "--time-scale", "--weight-decay", "--device", "--threads", "--out", "--resume", "--live")]
    [InlineData("sweep", "--lambda", "--target-sparsity", "--method", "--seeds", "--warm-start", "--jobs", "--epochs", "--out", "--resume")]
    [InlineData("compare", "--list", "--dry-run", "--seeds", "--targets", "--methods", "--data-folder", "--jobs", "--measure", "--no-measure", "--measure-seconds", "--out", "--resume")]
    [InlineData("export", "--form", "--round-to", "--batch", "--threads", "--no-measure", "--opset", "--external-data", "--out")]
    [InlineData("optimize", "--precision", "--calibration", "--keep-float", "--least-agreement", "--form", "--round-to", "--batch", "--threads", "--no-measure", "--external-data", "--input", "--samples", "--tolerance", "--seed", "--out")]
    [InlineData("inspect", "--input", "--classes")]
    [InlineData("bench", "--provider", "--threads", "--batch", "--pin", "--transfers", "--input", "--seconds", "--rounds")]
    [InlineData("bench", "--tolerance", "--allow-different", "--memory", "--csv", "--markdown")]
    [InlineData("report", "--no-bench", "--batch", "--threads", "--out")]
    [InlineData("doctor")]
    public void The_help_of_a_command_states_every_option_with_its_default(string command, params string[] expected)
    {
        var help = SparseProcess.Run(command, "--help").Done().Output;
        var options = Options(help);
        Assert.All(
            [.. expected, "--json", "--quiet", "--verbose"],
            option => Assert.Contains(options.Keys, name => name.Split(' ', ',').Contains(option)));
        Assert.All(
            options.Where(option => !WithoutDefault.Contains(option.Key)),
            option => Assert.True(option.Value.Contains("Default: "), $"{option.Key} does not state its default: {option.Value}"));
        Assert.Contains("Examples:", help);
        Assert.All(help.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Fact]
    public void The_version_is_one_line() =>
        Assert.Matches(VersionLine(), SparseProcess.Run("--version").Done().Output);

    // "  --name <VALUE>   text", with the text going on in lines indented further.
    private static Dictionary<string, string> Options(string help)
    {
        var options = new Dictionary<string, string>();
        var section = help[help.IndexOf("Options:", StringComparison.Ordinal)..];
        foreach (Match match in OptionEntry().Matches(section))
        {
            options.Add(match.Groups[1].Value.Trim(), MoreSpaces().Replace(match.Groups[2].Value, " ").Trim());
        }

        return options;
    }

    [GeneratedRegex(@"^  (-\S.*?)(?:  +|\r?\n +)(\S.*(?:\r?\n {6,}\S.*)*)", RegexOptions.Multiline)]
    private static partial Regex OptionEntry();

    [GeneratedRegex(@"\s+")]
    private static partial Regex MoreSpaces();

    [GeneratedRegex(@"^\d+\.\d+\.\d+\S*\n$")]
    private static partial Regex VersionLine();
}
