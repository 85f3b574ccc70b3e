using System.Diagnostics;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests.Setup;

/// <summary>setup/50-build in a tiny solution, with a program in place of dotnet that only notes that it was called.</summary>
public sealed class BuildStepTests : IDisposable
{
    private static readonly string[] Sources =
    [
        "Sparse.Cli/Program.cs", "Sparse.Cli/Sparse.Cli.csproj", "Optim.FSharp/Prox.fs", "Packages.targets", "Directory.Build.props", "paket.dependencies", "global.json",
        "Optim.FSharp/Fused/Cuda/FusedStep.cu", "Deploy/Report/Assets/report.js", "Deploy/Report/Assets/report.css", // part of the assemblies
    ];

    // Notes what it is asked to build, and leaves what tells which TorchSharp that was built with.
    private const string Compiler = """
        #!/bin/sh
        [ "$1" = build ] || exit 0
        echo "$2" >> "$CALLS"
        mkdir -p artifacts/bin/Sparse.Cli/release
        name=TorchSharp.Lite
        [ -z "$TorchSharpPackage" ] || name=TorchSharp
        echo "#r \"$name.dll\"" > artifacts/bin/Sparse.Cli/release/tensors.fsx
        exit $BUILD_STATUS

        """;

    private readonly TemporaryFolder folder = new();

    public BuildStepTests()
    {
        Directory.CreateDirectory(folder["setup"]);
        foreach (var step in new[] { "50-build", "step.sh" })
        {
            File.Copy(Repository.File($"setup/{step}"), folder[$"setup/{step}"]);
        }

        Array.ForEach(Sources, name => Write(name, "first"));
        Write("artifacts/native/libtorch_lite.so", "shim");
        Write("bin/dotnet", Compiler);
        Process.Start("chmod", ["+x", folder["bin/dotnet"]]).WaitForExit();
        Assert.Equal(1, Builds());
    }

    public static TheoryData<string> Parts => [.. Sources, "artifacts/native/libtorch_lite.so"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_that_changes_is_built_once_more_and_then_no_more(string part)
    {
        Assert.Equal(0, Builds());
        Write(part, "second, longer");
        Assert.Equal(1, Builds());
        Assert.Equal(0, Builds());
    }

    [Fact]
    public void A_part_that_comes_or_goes_is_noticed()
    {
        Write("Deploy/New.cs", "new");
        Assert.Equal(1, Builds());
        File.Delete(folder["Deploy/New.cs"]);
        Assert.Equal(1, Builds());
    }

    [Theory]
    [InlineData("runs/one/run.json")]
    [InlineData("my-table.csv")]
    [InlineData("artifacts/bin/sparse/sparse.dll")]
    [InlineData("Sparse.Cli/obj/project.assets.json")]
    [InlineData("Tests/node_modules/x/package.json")]
    [InlineData("docs/page.md")]
    public void What_is_no_part_of_the_solution_builds_nothing(string file)
    {
        Write(file, "of the user's own");
        Assert.Equal(0, Builds());
    }

    [Fact]
    public void A_solution_that_was_built_with_its_tests_has_the_command_line_too_but_not_the_other_way_round()
    {
        Assert.Equal(1, Builds("--tests"));
        Assert.Equal(0, Builds("--tests"));
        Assert.Equal(0, Builds());
        Write("Sparse.Cli/Program.cs", "second, longer");
        Assert.Equal(1, Builds());
        Assert.Equal(1, Builds("--tests"));
    }

    [Fact]
    public void Another_choice_of_the_TorchSharp_package_is_built_once_more()
    {
        Assert.Equal(1, Builds(torchSharp: "TorchSharp-cpu"));
        Assert.Equal(0, Builds(torchSharp: "TorchSharp-cpu"));
        Assert.Equal(1, Builds());
    }

    [Fact]
    public void A_build_that_failed_is_tried_again()
    {
        Write("Sparse.Cli/Program.cs", "second, longer");
        Assert.Equal(1, Builds(buildStatus: 1));
        Assert.Equal(1, Builds());
    }

    // How often the step called dotnet build.
    private int Builds(string? argument = null, int buildStatus = 0, string torchSharp = "")
    {
        File.Delete(folder["calls"]);
        var start = new ProcessStartInfo("bash", [folder["setup/50-build"], .. argument is null ? Array.Empty<string>() : [argument]])
        {
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = folder["calls"];
        start.Environment["TorchSharpPackage"] = torchSharp;
        start.Environment["BUILD_STATUS"] = $"{buildStatus}";
        using var step = Process.Start(start)!;
        var said = step.StandardError.ReadToEnd();
        step.WaitForExit();
        Assert.True(step.ExitCode == buildStatus, said);
        return File.Exists(folder["calls"]) ? File.ReadAllLines(folder["calls"]).Length : 0;
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllText(folder[name], text);
    }
}
