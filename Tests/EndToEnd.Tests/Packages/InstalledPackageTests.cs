using System.Text.Json;
using System.Text.RegularExpressions;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests.Packages;

/// <summary>The packages as their users meet them: the program in each readme, built and run with that package; the tool, installed.</summary>
[Collection(PackageFeed.Shared)]
public sealed class InstalledPackageTests(PackageFeed feed)
{
    private const string AllProjects = """
        <Project>
          <ItemGroup><Project Include="*/*.*proj" /></ItemGroup>
          <Target Name="Restore"><MSBuild Projects="@(Project)" Targets="Restore" /></Target>
          <Target Name="Build"><MSBuild Projects="@(Project)" Targets="Build" /></Target>
        </Project>
        """;

    [PackagesFact]
    public void The_program_in_each_readme_builds_and_runs_with_its_package_alone()
    {
        WriteProject("Optim", "Optim.FSharp/README.md", "fsharp");
        WriteProject("Training", "Sparse.CSharp/README.md", "csharp");
        WriteProject("Deploy", "Deploy/README.md", "csharp");
        WriteProject("Kernels", "Deploy/SparseKernels/README.md", "csharp");
        File.WriteAllText(feed["programs.targets"], AllProjects);
        feed.Run("dotnet", "msbuild", "programs.targets", "-restore", "-target:Build", "-nologo", "-verbosity:quiet");

        Assert.Contains("[|2.5f; -0.5f; 0.0f; 0.0f|], 50 % zeros\nR(x) = 4.2\n", RunProgram("Optim"));
        Assert.Matches(@"^\d+ % correct, [1-9]\d % of the weights are zero\n$", RunProgram("Training"));
        var deployed = RunProgram("Deploy");
        Assert.Matches(@"^\d+ samples compared, largest difference \S+\n", deployed);
        Assert.Matches(@"\n0: 9\d % zeros\n", deployed);
        Assert.Equal("10 outputs\n", RunProgram("Kernels", "sparse.onnx"));

        var kernels = Directory.EnumerateFiles(feed["Kernels/bin"], "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName);
        Assert.DoesNotContain(kernels, file => file!.Contains("FSharp") || file.Contains("TorchSharp"));
    }

    [PackagesFact]
    public void The_tool_installs_runs_finds_libtorch_and_is_called_sparse()
    {
        feed.Run("dotnet", "tool", "install", "SparseHybrid.Cli", "--version", PackageFeed.Version, "--tool-path", "tools", "--configfile", "NuGet.config");
        var sparse = feed["tools/sparse"];

        Assert.Contains("Usage:\n  sparse [command] [options]", feed.Run(sparse, "--help"));
        var help = feed.Run(sparse, "data", "list", "--help");
        Assert.Contains("\n  sparse data list\n", help);
        Assert.DoesNotContain("./sparse", help);

        var found = JsonDocument.Parse(feed.Run(sparse, "doctor", "--json")).RootElement;
        Assert.Matches(@"^\d+\.\d+", found.GetProperty("libtorch").GetProperty("version").GetString());
        Assert.Contains("CPUExecutionProvider", found.GetProperty("onnxRuntime").GetProperty("providers").EnumerateArray().Select(name => name.GetString()));

        Assert.Contains("266200", feed.Run(sparse, "inspect", "lenet-300-100", "--json"));
    }

    [PackagesFact]
    public void The_doctor_of_the_tool_says_how_to_build_the_shim_for_another_libtorch()
    {
        var tool = Directory.CreateDirectory(feed["unpacked"]).FullName;
        using (var package = feed.Open("SparseHybrid.Cli"))
        {
            System.IO.Compression.ZipFileExtensions.ExtractToDirectory(package, tool);
        }

        var program = Path.Combine(tool, "tools/net10.0/any");
        File.Delete(Path.Combine(program, "libtorch_lite.so"));
        var advice = SparseProcess.RunProgram(Path.Combine(program, "sparse.dll"), null, "doctor").Done().Output;
        var sources = Regex.Match(advice, @"cmake -S (\S+) -B \S+ -DTORCH_LITE_OUTPUT=\$LIBTORCH/lib/sparsehybrid && cmake --build").Groups[1].Value;
        Assert.True(File.Exists(Path.Combine(sources, "CMakeLists.txt")), advice);
        Assert.Contains("apt-get install libtorch1.13", advice);
    }

    private string RunProgram(string package, params string[] arguments) =>
        feed.Run("dotnet", [feed[$"{package}/bin/Debug/net10.0/Try{package}.dll"], .. arguments]);

    private void WriteProject(string package, string readme, string language)
    {
        var program = Regex.Match(File.ReadAllText(Repository.File(readme)), $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline);
        var extension = language == "fsharp" ? "fs" : "cs";
        Directory.CreateDirectory(feed[package]);
        File.WriteAllText(feed[$"{package}/Program.{extension}"], program.Groups[1].Value);
        File.WriteAllText(feed[$"{package}/Try{package}.{extension}proj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="SparseHybrid.{package}" Version="{PackageFeed.Version}" />
                {(language == "fsharp" ? "<Compile Include=\"Program.fs\" />" : "")}
              </ItemGroup>
            </Project>
            """);
    }
}
