namespace SparseHybrid.Runs;

/// <summary>The folder of a run's checkpoints, named after the steps taken.</summary>
public sealed class CheckpointStore
{
    private const string Prefix = "step-";
    private const string Suffix = ".safetensors";

    /// <param name="folder">The folder; it need not exist yet.</param>
    internal CheckpointStore(string folder) => Folder = folder;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Every checkpoint, the oldest first.</summary>
    public IReadOnlyList<string> Paths =>
        Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, $"{Prefix}*{Suffix}").Order(StringComparer.Ordinal)] : [];

    /// <summary>Writes a checkpoint, then removes the oldest ones before it.</summary>
    /// <param name="checkpoint">The checkpoint; neither changed nor disposed.</param>
    /// <param name="kept">How many are kept, this one included.</param>
    /// <returns>The file.</returns>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public string Save(Checkpoint checkpoint, int kept)
    {
        var path = Path.Combine(Folder, $"{Prefix}{checkpoint.Position.Step:D10}{Suffix}");
        try
        {
            Directory.CreateDirectory(Folder);
            checkpoint.Save(path);
            // Newer ones are damaged or foreign, or resuming would have begun at them: they do not count.
            foreach (var old in Paths.Where(other => string.CompareOrdinal(other, path) <= 0).SkipLast(kept))
            {
                File.Delete(old);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException(path, $"Cannot write '{path}'.", error.Message, "Make room, check the permissions, and resume.", error);
        }

        return path;
    }

    /// <summary>Reads the newest checkpoint that is whole and fits. The caller owns it.</summary>
    /// <param name="check">Throws a <see cref="CheckpointException"/> for a checkpoint that does not fit; null: each does.</param>
    /// <param name="passedOver">Called for each one that is damaged or does not fit, as long as there is an older one.</param>
    /// <exception cref="CheckpointException">There is none, or none that is whole and fits.</exception>
    public Checkpoint LoadNewest(Action<Checkpoint>? check = null, Action<CheckpointException>? passedOver = null)
    {
        var paths = Paths;
        List<CheckpointException> errors = [];
        foreach (var path in paths.Reverse())
        {
            try
            {
                return Load(path, check);
            }
            catch (CheckpointException error)
            {
                errors.Add(error);
                if (path != paths[0])
                {
                    passedOver?.Invoke(error);
                }
            }
        }

        throw errors switch
        {
            [] => new CheckpointException(
                Folder, $"Cannot resume from '{Folder}'.", "It holds no checkpoint.", "Start the run again under another name."),
            [var only] => only,
            _ => new CheckpointException(
                Folder,
                what: $"None of the {errors.Count} checkpoints in '{Folder}' can be used.",
                why: $"The newest: {errors[0].What} {errors[0].Why}",
                fix: "Restore one from a copy, or start the run again under another name.",
                inner: errors[0]),
        };
    }

    /// <summary>Removes what a process left behind that was killed while it wrote a checkpoint.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal void RemoveUnfinished()
    {
        if (Directory.Exists(Folder))
        {
            foreach (var path in Directory.EnumerateFiles(Folder, $"{Prefix}*{Suffix}{AtomicFile.PartialSuffix}"))
            {
                File.Delete(path);
            }
        }
    }

    private static Checkpoint Load(string path, Action<Checkpoint>? check)
    {
        var checkpoint = Checkpoint.Load(path);
        try
        {
            check?.Invoke(checkpoint);
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }
}
