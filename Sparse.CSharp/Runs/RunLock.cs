namespace SparseHybrid.Runs;

/// <summary>
/// Keeps other processes from training into a run folder: a lock of the operating system on the file .lock in it, which
/// ends with the process that holds it, however that ends. The file itself stays and says nothing.
/// </summary>
internal sealed class RunLock : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".lock";

    private readonly FileStream stream;

    private RunLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock until it is disposed.</summary>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="run">The run folder as its user knows it, for the error.</param>
    /// <exception cref="RunException">Somebody else has it.</exception>
    /// <exception cref="IOException">The folder cannot be written, or is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static RunLock Take(string folder, string run)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (IsHeld(error))
        {
            throw new RunException(
                run,
                what: $"The run folder '{run}' is in use.",
                why: "Another process is training into it.",
                fix: "Wait until that process ends, or stop it; then resume.",
                inner: error);
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => stream.Dispose();

    // A lock that is held has no exception type of its own: EWOULDBLOCK on Unix, a sharing violation on Windows.
    private static bool IsHeld(IOException error)
    {
        const int LinuxWouldBlock = 11, MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);
        return error.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation;
    }
}
