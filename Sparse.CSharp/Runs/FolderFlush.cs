using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SparseHybrid.Runs;

/// <summary>Makes the names in a folder outlast a loss of power, as flushing a file does for its contents.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Waits until every file created, renamed or removed in a folder is so on the disk.</summary>
    /// <param name="folder">A folder that exists.</param>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    public static void ToDisk(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS keeps a journal of its names; folders cannot be flushed there
        }

        // FileStream refuses folders, so the folder is opened by hand.
        using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw new IOException($"Cannot open the folder '{folder}': {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
