using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Finds the shim: beside the assembly, else in artifacts/native of this folder or one above it.</summary>
internal static class NativeLibraryResolver
{
    private const string FileName = "libtorch_lite.so";
    private const string Remedy =
        "Run './sparse doctor' to see what was found, or set LIBTORCH to the folder of libtorch 1.13 or later and build again.";

    /// <exception cref="DllNotFoundException">The shim, or the libtorch that it needs, is missing; the message says which and what to do.</exception>
    internal static IntPtr Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (libraryName != Native.Library)
        {
            return IntPtr.Zero;
        }

        string start = FolderOf(assembly);
        string path = Candidates(start).FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException(
                $"The native library '{FileName}' was found neither in '{start}' nor in a folder artifacts/native above it. {Remedy}");
        IntPtr shim = Load(path);
        LibtorchVersion.Require(shim);
        return shim;
    }

    private static IntPtr Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException missing)
        {
            throw new DllNotFoundException($"libtorch cannot be loaded: '{path}' needs a library that is missing or does not fit. {Remedy}", missing);
        }
    }

    // The program's own folder is another one in scripts (dotnet fsi); a program packed into one file has no assembly files.
    private static string FolderOf(Assembly assembly) =>
        string.IsNullOrEmpty(assembly.Location) ? AppContext.BaseDirectory : Path.GetDirectoryName(assembly.Location);

    private static IEnumerable<string> Candidates(string start)
    {
        yield return Path.Combine(start, FileName);
        for (DirectoryInfo folder = new(start); folder != null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "artifacts", "native", FileName);
        }
    }
}
