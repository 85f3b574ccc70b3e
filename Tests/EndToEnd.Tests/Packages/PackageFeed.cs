using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using SparseHybrid.EndToEnd.Tests.Harness;
using SparseHybrid.Training;

namespace SparseHybrid.EndToEnd.Tests.Packages;

/// <summary>
/// The packages of this build, and a folder from which NuGet finds them and, of other packages, those that the build was restored with:
/// nothing is fetched from anywhere.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    /// <summary>The collection of the tests that share one feed: packing twice at a time would write the same files.</summary>
    public const string Shared = "packages";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();

    public PackageFeed()
    {
        File.WriteAllText(folder["pack.targets"], PackingOf(ProjectsThatPack()));
        Start("dotnet", ["msbuild", "pack.targets", "-nologo", "-verbosity:quiet"], []);
        File.WriteAllText(folder["NuGet.config"], $"""
            <configuration>
              <packageSources><clear /><add key="packages" value="{folder["packages"]}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="{RestoredPackages()}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The version of the packages: of no release, so that no release is mistaken for them.</summary>
    public static string Version { get; } = typeof(SparseTrainer).Assembly.GetName().Version!.ToString(3) + "-test";

    /// <summary>A path in the folder.</summary>
    public string this[string name] => folder[name];

    /// <summary>Names of the packages, in order.</summary>
    public IReadOnlyList<string> Packages =>
        [.. Directory.EnumerateFiles(folder["packages"]).Select(file => Path.GetFileName(file).Replace($".{Version}.nupkg", "")).Order(StringComparer.Ordinal)];

    /// <summary>A package as what it is, an archive.</summary>
    public ZipArchive Open(string package) => ZipFile.OpenRead(Path.Combine(folder["packages"], $"{package}.{Version}.nupkg"));

    /// <summary>Runs a program in this folder, with a package cache of its own.</summary>
    /// <returns>What it printed.</returns>
    public string Run(string program, params string[] arguments) => Start(program, arguments, new() { ["NUGET_PACKAGES"] = folder["cache"] });

    public void Dispose() => folder.Dispose();

    private string Start(string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        // No server of the build stays behind.
        foreach (var (name, value) in environment.Append(new("MSBUILDDISABLENODEREUSE", "1")).Append(new("UseSharedCompilation", "false")))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', start.ArgumentList)}: exit status {process.ExitCode}\n{output.Result}\n{error.Result}");
        return output.Result;
    }

    // What 'dotnet pack --no-build' does with these projects of the solution; it would look at all the others too.
    private string PackingOf(IEnumerable<string> projects) => $"""
        <Project>
          <Target Name="Pack">
            <MSBuild Projects="{string.Join(';', projects)}" Targets="Pack" BuildInParallel="true"
                     Properties="Configuration={new DirectoryInfo(AppContext.BaseDirectory).Name};NoBuild=true;_IsPacking=true;VersionSuffix=test;PackageOutputPath={folder["packages"]}" />
          </Target>
        </Project>
        """;

    private static IEnumerable<string> ProjectsThatPack() =>
        Directory.EnumerateDirectories(Repository.Root)
            .Where(folder => Path.GetFileName(folder) is not ("node_modules" or "artifacts"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.*proj", SearchOption.AllDirectories))
            .Where(project => Regex.IsMatch(File.ReadAllText(project), "<IsPackable[^>]*>true<"));

    private static string RestoredPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [CollectionDefinition(Shared)]
    public sealed class Collection : ICollectionFixture<PackageFeed>;
}
