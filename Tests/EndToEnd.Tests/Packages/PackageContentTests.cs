using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests.Packages;

/// <summary>What is in each package, and what each asks for.</summary>
[Collection(PackageFeed.Shared)]
public sealed class PackageContentTests(PackageFeed feed)
{
    private static readonly string[] OnnxRuntimeNotices = ["notices/onnxruntime/LICENSE", "notices/onnxruntime/ThirdPartyNotices.txt"];

    private static readonly string[] EChartsNotices =
        ["notices/echarts/LICENSE", "notices/echarts/LICENSE-d3", "notices/echarts/NOTICE", "notices/zrender/LICENSE"];

    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["SparseHybrid.Cli"] =
        [
            "THIRD-PARTY-NOTICES.txt", .. EChartsNotices, .. OnnxRuntimeNotices,
            "notices/system.numerics.tensors/LICENSE.TXT", "notices/system.numerics.tensors/THIRD-PARTY-NOTICES.TXT",
            .. new[]
            {
                "DotnetToolSettings.xml", "FSharp.Core.dll", "Google.Protobuf.dll", "Microsoft.ML.OnnxRuntime.dll", "SparseHybrid.Deploy.dll",
                "SparseHybrid.Kernels.dll", "SparseHybrid.Optim.dll", "SparseHybrid.Training.dll", "Spectre.Console.dll", "StbImageSharp.dll", "System.CommandLine.dll",
                "System.Numerics.Tensors.dll", "TorchSharp.Lite.dll", "libonnxruntime.so", "libonnxruntime_providers_shared.so", "libtorch_lite.so",
                "sparse.deps.json", "sparse.dll", "sparse.runtimeconfig.json",
            }.Select(file => $"tools/net10.0/any/{file}"),
            .. ShimSources("tools/net10.0/any/"),
            .. Directory.EnumerateFiles(Repository.File("recipes")).Select(recipe => $"tools/net10.0/any/recipes/{Path.GetFileName(recipe)}"),
        ],
        ["SparseHybrid.Deploy"] = ["THIRD-PARTY-NOTICES.txt", .. EChartsNotices, .. Library("SparseHybrid.Deploy")],
        ["SparseHybrid.Kernels"] = Library("SparseHybrid.Kernels"),
        ["SparseHybrid.OnnxRuntime"] =
        [
            "THIRD-PARTY-NOTICES.txt", .. OnnxRuntimeNotices, "lib/net10.0/Microsoft.ML.OnnxRuntime.dll",
            "runtimes/linux-x64/native/libonnxruntime.so", "runtimes/linux-x64/native/libonnxruntime_providers_shared.so",
        ],
        ["SparseHybrid.Optim"] = Library("SparseHybrid.Optim"),
        ["SparseHybrid.TorchSharp.Lite"] = [.. Library("TorchSharp.Lite"), "runtimes/linux-x64/native/libtorch_lite.so", .. ShimSources("")],
        ["SparseHybrid.Training"] = Library("SparseHybrid.Training"),
    };

    private static readonly Dictionary<string, string[]> ExpectedDependencies = new()
    {
        ["SparseHybrid.Cli"] = [],
        ["SparseHybrid.Deploy"] =
        [
            "FSharp.Core", "Google.Protobuf", "SparseHybrid.Kernels", "SparseHybrid.OnnxRuntime", "SparseHybrid.TorchSharp.Lite",
            "SparseHybrid.Training", "System.Numerics.Tensors",
        ],
        ["SparseHybrid.Kernels"] = ["SparseHybrid.OnnxRuntime", "System.Numerics.Tensors"],
        ["SparseHybrid.OnnxRuntime"] = ["System.Numerics.Tensors"],
        ["SparseHybrid.Optim"] = ["FSharp.Core", "SparseHybrid.TorchSharp.Lite"],
        ["SparseHybrid.TorchSharp.Lite"] = [],
        ["SparseHybrid.Training"] = ["FSharp.Core", "SparseHybrid.Optim", "SparseHybrid.TorchSharp.Lite", "StbImageSharp"],
    };

    [PackagesFact]
    public void Each_package_holds_its_assembly_documentation_readme_and_notices_and_nothing_else()
    {
        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), feed.Packages);
        foreach (var (name, files) in Expected)
        {
            using var package = feed.Open(name);
            var found = package.Entries.Select(entry => entry.FullName).Where(file => !IsPackagingsOwn(file));
            Assert.Equal(files.Append("README.md").Append($"{name}.nuspec").Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }

        var assemblies = Expected.Keys.Where(name => name != "SparseHybrid.Cli").SelectMany(name => Expected[name].Where(file => file.EndsWith(".dll")));
        Assert.Equal(assemblies, assemblies.Distinct());
    }

    [PackagesFact]
    public void Each_asks_for_ours_of_the_same_version_and_for_others_in_the_version_that_they_were_built_with()
    {
        var pinned = Regex.Matches(File.ReadAllText(Repository.File("paket.dependencies")), @"^nuget (\S+) (\S+)$", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        foreach (var (name, dependencies) in ExpectedDependencies)
        {
            var expected = dependencies.Select(other => (other, pinned.TryGetValue(other, out var version) ? version : $"[{PackageFeed.Version}]"));
            Assert.Equal(expected, Dependencies(name).Order());
        }
    }

    [PackagesFact]
    public void The_notices_name_the_versions_that_are_inside()
    {
        using var package = feed.Open("SparseHybrid.Cli");
        var notices = Text(package, "THIRD-PARTY-NOTICES.txt");
        var restored = File.ReadAllText(Repository.File("paket.dependencies"));
        foreach (var name in new[] { "FSharp.Core", "System.CommandLine", "System.Numerics.Tensors", "Spectre.Console", "Google.Protobuf", "StbImageSharp" })
        {
            Assert.Contains(Regex.Match(restored, $@"^nuget ({Regex.Escape(name)} \S+)$", RegexOptions.Multiline).Groups[1].Value, notices);
        }

        var charts = Regex.Match(File.ReadAllText(Repository.File("package.json")), "\"echarts\": \"([^\"]+)\"").Groups[1].Value;
        Assert.Contains($"Apache ECharts {charts}", notices);
        Assert.Contains($"ONNX Runtime {Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString()}", notices);
    }

    private IEnumerable<(string, string)> Dependencies(string name)
    {
        using var package = feed.Open(name);
        return [.. XDocument.Parse(Text(package, $"{name}.nuspec")).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value))];
    }

    private static string Text(ZipArchive package, string file)
    {
        using var reader = new StreamReader(package.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    private static string[] Library(string assembly) => [$"lib/net10.0/{assembly}.dll", $"lib/net10.0/{assembly}.xml"];

    private static IEnumerable<string> ShimSources(string folder)
    {
        var sources = Repository.File("TorchSharp.Lite/Native");
        return Directory.EnumerateFiles(sources, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != ".clang-format")
            .Select(file => $"{folder}native/{Path.GetRelativePath(sources, file)}");
    }

    private static bool IsPackagingsOwn(string file) =>
        file is "[Content_Types].xml" or "_rels/.rels" || file.StartsWith("package/services/", StringComparison.Ordinal);
}
