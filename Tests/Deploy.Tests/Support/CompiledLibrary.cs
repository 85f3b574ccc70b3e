using System.Diagnostics;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Shared libraries compiled for a test by the compiler that builds the C++ of this solution.</summary>
internal static class CompiledLibrary
{
    /// <summary>An empty library that needs libraries of the given names, which are gone afterwards.</summary>
    public static string Needing(TemporaryFolder folder, string name, params string[] needed)
    {
        foreach (var other in needed)
        {
            Compile("-o", folder.File(other), $"-Wl,-soname,{other}");
        }

        Compile(["-o", folder.File(name), "-Wl,--no-as-needed", .. needed.Select(folder.File)]);
        Array.ForEach(needed, other => File.Delete(folder.File(other)));
        return folder.File(name);
    }

    private static void Compile(params string[] arguments)
    {
        using var compiler = Process.Start(new ProcessStartInfo("g++", ["-shared", "-fPIC", "-x", "c++", "/dev/null", "-x", "none", .. arguments]))!;
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
    }
}
