using System.Diagnostics;

namespace SparseHybrid.Tests.Support;

/// <summary>A file system of few bytes, mounted on a folder until disposed.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string path, int kibibytes)
    {
        Path = Directory.CreateDirectory(path).FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", Path) != 0)
        {
            throw new IOException($"Cannot mount a file system on '{Path}'.");
        }
    }

    public string Path { get; }

    /// <summary>Mounts it anew with other options, such as "ro" or "size=64m"; what it holds stays.</summary>
    public void Remount(string options)
    {
        if (Run("mount", "-o", $"remount,{options}", Path) != 0)
        {
            throw new IOException($"Cannot mount the file system on '{Path}' again.");
        }
    }

    public void Dispose() => Run("umount", Path);

    /// <summary>Whether this process may mount file systems.</summary>
    public static bool IsPossible()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return false;
        }

        var probe = Directory.CreateTempSubdirectory("sparse-tests-").FullName;
        try
        {
            using var disk = new SmallDisk(probe, 64);
            return true;
        }
        catch (Exception error) when (error is IOException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            Directory.Delete(probe);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>; skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible())
        {
            Skip = "A file system that is full can be had only where this process may mount one (root).";
        }
    }
}
