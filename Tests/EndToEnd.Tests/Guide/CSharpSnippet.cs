using System.Runtime.InteropServices;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests.Guide;

/// <summary>C# of a page, compiled by the SDK's compiler against the built assemblies as a program with the SDK's implicit usings.</summary>
internal static class CSharpSnippet
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Compiles it; runs it where the page says so.</summary>
    /// <returns>The exit status of the compiler, or of the program; and what was printed.</returns>
    public static (int ExitStatus, string Printed) Check(GuideBlock block, GuideFolder folder)
    {
        var built = Path.GetDirectoryName(SparseProcess.Program)!;
        var output = Directory.CreateDirectory(folder[$".snippet-{block.Line}"]).FullName;
        foreach (var file in Directory.EnumerateFiles(built).Where(file => !Path.GetFileName(file).StartsWith("sparse", StringComparison.Ordinal)))
        {
            File.CreateSymbolicLink(Path.Combine(output, Path.GetFileName(file)), file);
        }

        // A page that shows a class alone is compiled as a library.
        var (kind, program) = (IsProgram(block) ? "exe" : "library", Path.Combine(output, "Snippet.dll"));
        File.WriteAllText(Path.Combine(output, "Usings.cs"), ImplicitUsings);
        File.WriteAllText(Path.Combine(output, "Snippet.cs"), block.Given + block.Text);
        var references = Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll").Concat(Directory.EnumerateFiles(built, "*.dll"));
        File.WriteAllLines(
            Path.Combine(output, "arguments.rsp"),
            [
                "-nologo", "-nostdlib", "-nullable:enable", "-unsafe", "-warnaserror+", "-nowarn:1701,1702", $"-target:{kind}", $"-out:{program}",
                .. references.Where(IsManaged).Select(file => $"-r:{file}"),
                Path.Combine(output, "Usings.cs"), Path.Combine(output, "Snippet.cs"),
            ]);
        var compiled = folder.Start("dotnet", ["exec", Compiler(), "-noconfig", $"@{Path.Combine(output, "arguments.rsp")}"], Patience);
        if (compiled.ExitStatus != 0 || !block.Mark.Split(' ').Contains("run"))
        {
            return compiled;
        }

        return folder.Start("dotnet", ["exec", "--runtimeconfig", Path.Combine(built, "sparse.runtimeconfig.json"), program], Patience);
    }

    private static bool IsProgram(GuideBlock block) =>
        block.Mark.Split(' ').Contains("run")
        || block.Text.Split('\n').Any(line => line.StartsWith("var ", StringComparison.Ordinal) || line.StartsWith("using var ", StringComparison.Ordinal));

    // libSystem.Native.so and its like lie beside the assemblies; so do a few native files named .dll on other systems.
    private static bool IsManaged(string file)
    {
        try
        {
            System.Reflection.AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static string Compiler()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return Directory.EnumerateDirectories(Path.Combine(dotnet, "sdk")).Order()
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).Last(File.Exists);
    }
}
