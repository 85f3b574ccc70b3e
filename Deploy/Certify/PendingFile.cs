
namespace SparseHybrid.Deploy.Certify;

/// <summary>A file under a temporary name that gets its final name once it has proven itself, or goes.</summary>
internal sealed class PendingFile : IDisposable
{
    private readonly string finalPath;

    /// <summary>Writes the content under the temporary name.</summary>
    /// <exception cref="ExportException">The place cannot be written, or the disk is full.</exception>
    public PendingFile(string finalPath, string temporaryPath, Action<Stream> write)
    {
        this.finalPath = finalPath;
        Path = temporaryPath;
        try
        {
            if (Directory.Exists(finalPath))
            {
                throw new IOException("It is a folder.");
            }

            using var stream = new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.None);
            write(stream);
            stream.Flush(flushToDisk: true);
            Bytes = stream.Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw CannotWrite(finalPath, error);
        }
    }

    /// <summary>The temporary name.</summary>
    public string Path { get; }

    /// <summary>Its size.</summary>
    public long Bytes { get; private set; }

    /// <summary>SHA-256 of its content, in lower-case hexadecimal.</summary>
    public string Sha256() => FileHash.Sha256(Path);

    /// <summary>Writes more behind what is there.</summary>
    /// <exception cref="ExportException">The disk is full.</exception>
    public void Append(byte[] content) => Change(finalPath, () =>
    {
        using var stream = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.None);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
        Bytes = stream.Length;
    });

    /// <summary>Gives the file its final name, in place of whatever had it.</summary>
    public void Commit() => Change(finalPath, () => File.Move(Path, finalPath, overwrite: true));

    /// <summary>Removes what has the final name now.</summary>
    public void RemoveEarlier() => Remove(finalPath);

    /// <summary>Removes a file that a new one makes useless.</summary>
    public static void Remove(string path) => Change(path, () => File.Delete(path));

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There was nothing, or the folder went away: the error that led here is the one to report.
        }
    }

    /// <summary>The error of a place that cannot be written.</summary>
    public static ExportException CannotWrite(string path, Exception error) => new(
        null, $"Cannot write '{path}'.", error.Message, "Choose an existing folder that you may write to, with enough free space.", error);

    private static void Change(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, error);
        }
    }
}
