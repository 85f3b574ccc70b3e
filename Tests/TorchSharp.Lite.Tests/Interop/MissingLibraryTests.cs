using System.Diagnostics;
using System.Text;

namespace TorchSharp.Lite.Tests.Interop;

/// <summary>Starts <see cref="Probe"/> in a folder of its own, outside the repository, where a library is missing.</summary>
public sealed class MissingLibraryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("torchsharp-lite-");

    public MissingLibraryTests()
    {
        foreach (string extension in new[] { ".dll", ".json" })
        {
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*" + extension))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void With_everything_in_place_the_probe_works()
    {
        File.WriteAllBytes(Shim, OwnShim());
        Assert.StartsWith("ok", RunProbe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_shim_one_clear_exception_says_so()
    {
        string output = RunProbe();
        Assert.StartsWith(nameof(DllNotFoundException), output, StringComparison.Ordinal);
        Assert.Contains("'libtorch_lite.so' was found neither", output, StringComparison.Ordinal);
        Assert.Contains("LIBTORCH", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_libtorch_one_clear_exception_says_so()
    {
        byte[] shim = OwnShim();
        Rename(shim, "libtorch_cpu.so"u8, "libabsent_xy.so"u8);
        File.WriteAllBytes(Shim, shim);
        string output = RunProbe();
        Assert.StartsWith(nameof(DllNotFoundException), output, StringComparison.Ordinal);
        Assert.Contains("libtorch cannot be loaded", output, StringComparison.Ordinal);
        Assert.Contains("libabsent_xy", output, StringComparison.Ordinal);
        Assert.Contains("LIBTORCH", output, StringComparison.Ordinal);
    }

    private string Shim => Path.Combine(folder.FullName, "libtorch_lite.so");

    private static byte[] OwnShim() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libtorch_lite.so"));

    /// <summary>Replaces the name of a library that the shim asks for by another of the same length.</summary>
    private static void Rename(Span<byte> library, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        int position = library.IndexOf(from);
        Assert.True(position > 0);
        Assert.Equal(from.Length, to.Length);
        to.CopyTo(library[position..]);
    }

    private string RunProbe()
    {
        ProcessStartInfo start = new(Environment.ProcessPath ?? "dotnet") { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(folder.FullName, Path.GetFileName(typeof(Probe).Assembly.Location)));
        using Process process = Process.Start(start);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
