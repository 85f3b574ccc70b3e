namespace SparseHybrid.Runs;

/// <summary>How a run folder comes to be: under another name first, so that it has its run.json as soon as it is seen.</summary>
internal static class NewRunFolder
{
    // All that a process killed in the middle can have left behind.
    private static readonly string[] Leftovers =
    [
        RunFolder.RecordName,
        RunFolder.RecordName + AtomicFile.PartialSuffix,
        RunFolder.CheckpointsName,
        RunLock.FileName,
    ];

    /// <summary>Makes a folder with contents in one step. Gives its lock, which the caller owns.</summary>
    /// <param name="path">The folder, absolute; nothing of that name may exist.</param>
    /// <param name="fill">Writes the contents into the folder that it is given.</param>
    /// <exception cref="RunException">Something of that name exists or is being made, or the place cannot be written.</exception>
    public static RunLock Make(string path, Action<string> fill)
    {
        CheckFree(path);
        var partial = path + AtomicFile.PartialSuffix;
        RunLock? held = null;
        try
        {
            Directory.CreateDirectory(partial);
            held = RunLock.Take(partial, path);
            fill(partial);
            Directory.Move(partial, path); // the lock goes along
            FolderFlush.ToDisk(Path.GetDirectoryName(path)!);
            return held;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or RunException)
        {
            // Without the lock, what is there may be what another process is making at this moment.
            if (held is not null)
            {
                RemoveQuietly(partial);
                held.Dispose();
            }

            throw new RunException(
                path,
                what: $"Cannot create the run folder '{path}'.",
                why: (error as RunException)?.Why ?? error.Message,
                fix: "Choose another folder, one that you may write to.",
                inner: error);
        }
    }

    /// <summary>Checks that a folder of this name can still be made.</summary>
    /// <param name="path">The folder, absolute.</param>
    /// <exception cref="RunException">Something of that name exists.</exception>
    public static void CheckFree(string path)
    {
        if (Path.Exists(path))
        {
            throw new RunException(
                path,
                what: $"The run folder '{path}' already exists.",
                why: "A run never overwrites another one.",
                fix: "Choose another folder, or remove this one first.");
        }

        var partial = path + AtomicFile.PartialSuffix;
        if (FindForeign(partial) is { } foreign)
        {
            throw new RunException(
                path,
                what: $"Cannot create the run folder '{path}'.",
                why: $"It would be made as '{partial}', where '{foreign}' is.",
                fix: "Choose another folder, or remove that one first.");
        }
    }

    private static string? FindForeign(string partial) => Directory.Exists(partial)
        ? Directory.EnumerateFileSystemEntries(partial).FirstOrDefault(entry => !Leftovers.Contains(Path.GetFileName(entry)))
        : null;

    // The error that led here is the one to report; a second one while tidying up would hide it.
    private static void RemoveQuietly(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
