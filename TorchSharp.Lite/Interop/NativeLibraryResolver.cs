using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// Finds the shim: the one built into the libtorch that LIBTORCH names, else beside the assembly, where its package has native
/// libraries, or in artifacts/native of this folder or one above it.
/// </summary>
internal static class NativeLibraryResolver
{
    private const string FileName = "libtorch_lite.so";
    private const string Remedy =
        "Needed is libtorch 1.13 or later: Debian's, or your own in LIBTORCH with the shim built for it. './sparse doctor' says what was found.";

    /// <exception cref="DllNotFoundException">The shim, or the libtorch that it needs, is missing; the message says which and what to do.</exception>
    internal static IntPtr Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (libraryName != Native.Library)
        {
            return IntPtr.Zero;
        }

        string start = FolderOf(assembly);
        string path = Candidates(start).FirstOrDefault(File.Exists);
        IntPtr shim = path != null ? Load(path) : LoadByName(assembly, searchPath, start);
        LibtorchVersion.Require(shim);
        return shim;
    }

    // Scripts (dotnet fsi) know of the native libraries of packages, but tell only those who ask by name.
    private static IntPtr LoadByName(Assembly assembly, DllImportSearchPath? searchPath, string start) =>
        NativeLibrary.TryLoad(Native.Library, assembly, searchPath, out IntPtr shim)
            ? shim
            : throw new DllNotFoundException(
                $"The native library '{FileName}' was found neither in '{start}' nor in a folder artifacts/native above it. {Remedy}");

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
        if (Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } libtorch)
        {
            yield return Path.Combine(libtorch, "lib", "sparsehybrid", FileName);
        }

        yield return Path.Combine(start, FileName);
        // Where the packages of the application have their native libraries, by the host's list.
        string folders = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty;
        foreach (string folder in folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return Path.Combine(folder, FileName);
        }

        for (DirectoryInfo folder = new(start); folder != null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "artifacts", "native", FileName);
        }
    }
}
