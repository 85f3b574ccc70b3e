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

    /// <summary>Writes a checkpoint, then removes the oldest so that some are kept.</summary>
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
            foreach (var old in Paths.SkipLast(kept))
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

    /// <summary>Reads the newest checkpoint that is whole. The caller owns it.</summary>
    /// <param name="damaged">Called for each newer one that is damaged.</param>
    /// <exception cref="CheckpointException">There is none, or none that is whole.</exception>
    public Checkpoint LoadNewest(Action<CheckpointException>? damaged = null)
    {
        CheckpointException? first = null;
        foreach (var path in Paths.Reverse())
        {
            try
            {
                return Checkpoint.Load(path);
            }
            catch (CheckpointException error)
            {
                first ??= error;
                damaged?.Invoke(error);
            }
        }

        throw first ?? new CheckpointException(
            Folder, $"Cannot resume from '{Folder}'.", "It holds no checkpoint.", "Start the run again under another name.");
    }
}
