namespace SparseHybrid.Data.Fetch;

/// <summary>Where a fetch is.</summary>
/// <param name="File">Name of the file under way.</param>
/// <param name="BytesDone">Bytes of the whole data set that are here.</param>
/// <param name="BytesTotal">Bytes of the whole data set.</param>
public sealed record FetchProgress(string File, long BytesDone, long BytesTotal);

/// <summary>How a file came to be here.</summary>
public enum FetchOutcome
{
    /// <summary>Downloaded from its first byte on.</summary>
    Fetched,

    /// <summary>Downloaded from where an earlier fetch was interrupted.</summary>
    Resumed,

    /// <summary>It was here already, and is the published file.</summary>
    AlreadyHere,
}

/// <summary>A file that was fetched.</summary>
/// <param name="File">What is published of it; its checksum was compared.</param>
/// <param name="Outcome">How it came to be here.</param>
public sealed record FetchedFile(PublishedFile File, FetchOutcome Outcome);

/// <summary>What a fetch did.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Folder">Where it is now.</param>
/// <param name="Files">Its files.</param>
public sealed record FetchReport(string Name, string Folder, IReadOnlyList<FetchedFile> Files);
