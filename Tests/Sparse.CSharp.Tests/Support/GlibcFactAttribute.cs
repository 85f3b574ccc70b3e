using System.Runtime.InteropServices;

namespace SparseHybrid.Tests.Support;

/// <summary>A test of what only the GNU C library does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GlibcFactAttribute : FactAttribute
{
    public GlibcFactAttribute() =>
        Skip = OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl") ? null : "The C library is not glibc here.";
}
