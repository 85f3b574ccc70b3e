using System.Runtime.InteropServices;

namespace SparseHybrid.Cli.Doctor;

/// <summary>The native library of the official TorchSharp, whose own error names a missing package whatever the reason.</summary>
internal static class NativeTorchSharp
{
    private const string FileName = "libLibTorchSharp.so";

    /// <summary>Why it cannot be loaded, in the words of the system's loader; null when it is not here, or can be.</summary>
    public static string? Problem()
    {
        var folders = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var file = folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);
        try
        {
            return file is null ? null : Free(NativeLibrary.Load(file));
        }
        catch (DllNotFoundException error)
        {
            var lines = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Skip(1).FirstOrDefault() ?? lines[0]; // the first is .NET's own, about how to look for the reason
        }
    }

    private static string? Free(nint library)
    {
        NativeLibrary.Free(library);
        return null;
    }
}
