using SparseHybrid.Runs;

namespace SparseHybrid.Deploy.Export;

/// <summary>A file under a temporary name that gets its final name once it has proven itself, or goes.</summary>
internal sealed class PendingFile : IDisposable
{
    private readonly string finalPath;

    /// <summary>Writes the content under the temporary name.</summary>
    /// <exception cref="ExportException">The place cannot be written, or the disk is full.</exception>
    public PendingFile(string finalPath, byte[] content)
    {
        this.finalPath = System.IO.Path.GetFullPath(finalPath);
        Path = this.finalPath + AtomicFile.PartialSuffix;
        try
        {
            if (Directory.Exists(this.finalPath))
            {
                throw new IOException("It is a folder.");
            }

            using var stream = new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.None);
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw CannotWrite(error);
        }
    }

    /// <summary>The temporary name.</summary>
    public string Path { get; }

    /// <summary>Gives the file its final name, in place of whatever had it.</summary>
    public void Commit()
    {
        try
        {
            File.Move(Path, finalPath, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(error);
        }
    }

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

    private ExportException CannotWrite(Exception error) => new(
        null, $"Cannot write '{finalPath}'.", error.Message, "Choose an existing folder that you may write to, with enough free space.", error);
}
