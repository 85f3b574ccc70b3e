using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TorchSharp;

/// <summary>Which libtorch is loaded, and whether the shim fits it.</summary>
internal static unsafe partial class LibtorchVersion
{
    private static readonly Version Oldest = new(1, 13);

    /// <summary>The version as libtorch reports it, such as "1.13.1" or "2.11.0+cu128".</summary>
    internal static string Loaded
    {
        get
        {
            byte* description;
            Native.Check(Native.tl_version_description(&description));
            return Parse(description);
        }
    }

    /// <summary>Checks a shim that was just loaded, before anything else of it is called.</summary>
    /// <exception cref="DllNotFoundException">The libtorch behind it is too old, or not the one that it was built for.</exception>
    internal static void Require(IntPtr shim)
    {
        var describe = (delegate* unmanaged<byte**, int>)NativeLibrary.GetExport(shim, nameof(Native.tl_version_description));
        var compiledWith = (delegate* unmanaged<int*, int*, int*, int>)NativeLibrary.GetExport(shim, nameof(Native.tl_version_compiled));
        byte* description = null;
        int major = 0, minor = 0, patch = 0;
        if (describe(&description) == 0 && compiledWith(&major, &minor, &patch) == 0)
        {
            Require(Parse(description), new Version(major, minor, patch));
        }
    }

    internal static void Require(string loaded, Version compiled)
    {
        if (!Version.TryParse(LeadingNumbers().Match(loaded).Value, out Version found))
        {
            return; // it does not say; what is missing will be named when it is called
        }

        if (found < Oldest)
        {
            throw new DllNotFoundException(
                $"libtorch {loaded} was loaded, but {Oldest} or later is needed. Set LIBTORCH to the folder of a newer libtorch and build again.");
        }

        if (found.Major != compiled.Major || found.Minor != compiled.Minor)
        {
            throw new DllNotFoundException(
                $"libtorch {loaded} was loaded, but libtorch_lite.so was built for {compiled}. Set LIBTORCH to the libtorch to use and build again.");
        }
    }

    private static string Parse(byte* description) =>
        VersionSetting().Match(Marshal.PtrToStringUTF8((IntPtr)description) ?? string.Empty).Groups["version"].Value;

    [GeneratedRegex(@"TORCH_VERSION=(?<version>[^,\s]+)")]
    private static partial Regex VersionSetting();

    [GeneratedRegex(@"^\d+\.\d+")]
    private static partial Regex LeadingNumbers();
}
