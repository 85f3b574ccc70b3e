namespace SparseHybrid.Runs;

/// <summary>Writes a file so that its final name never shows half of it.</summary>
public static class AtomicFile
{
    /// <summary>What the name of an unfinished file ends with.</summary>
    public const string PartialSuffix = ".partial";

    /// <summary>
    /// Writes to <paramref name="path"/> + <see cref="PartialSuffix"/>, flushes it to the disk, renames it and flushes
    /// the folder: what is there afterwards outlasts a loss of power. When anything fails the unfinished file is removed
    /// and a former file of this name is still as it was; a process killed in the middle leaves the unfinished file behind.
    /// </summary>
    /// <param name="path">The final name; a file that exists is replaced.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="RunException">The folder cannot be written, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var partial = path + PartialSuffix;
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            FolderFlush.ToDisk(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception error)
        {
            RemoveQuietly(partial);
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new RunException(
                    path,
                    what: $"Cannot write '{path}'.",
                    why: error.Message,
                    fix: "Make room, or choose a folder that you may write to.",
                    inner: error);
            }

            throw;
        }
    }

    /// <summary>As <see cref="Write"/>, for text in UTF-8.</summary>
    /// <param name="path">The final name; a file that exists is replaced.</param>
    /// <param name="text">The contents.</param>
    /// <exception cref="RunException">The folder cannot be written, or the disk is full.</exception>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    // The error that led here is the one to report; a second one while tidying up would hide it.
    private static void RemoveQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
