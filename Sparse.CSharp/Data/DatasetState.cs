using System.Security.Cryptography;

namespace SparseHybrid.Data;

/// <summary>Whether a data set is here.</summary>
public enum DatasetPresence
{
    /// <summary>Nothing of it is here.</summary>
    Absent,

    /// <summary>Some of its files are missing.</summary>
    Incomplete,

    /// <summary>All of its files are here.</summary>
    Ready,
}

/// <summary>What of a public data set is on this machine.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Folder">Where its files are, or where they would be fetched to.</param>
/// <param name="Presence">Whether they are all there.</param>
/// <param name="Missing">The files that are not.</param>
/// <param name="Bytes">Size of those that are.</param>
public sealed record DatasetState(ImageDataset Dataset, string Folder, DatasetPresence Presence, IReadOnlyList<string> Missing, long Bytes)
{
    /// <summary>Looks through the folders where a data set may be. Its files are not read.</summary>
    /// <param name="dataset">The data set.</param>
    public static DatasetState Of(ImageDataset dataset)
    {
        var candidates = DataFolders.Candidates(dataset);
        var folder = DataFolders.Find(dataset)
            ?? candidates.FirstOrDefault(candidate => dataset.Found(candidate).Count > 0)
            ?? candidates[0];
        var (found, missing) = (dataset.Found(folder), dataset.Missing(folder));
        var presence = missing.Count == 0 ? DatasetPresence.Ready : found.Count > 0 ? DatasetPresence.Incomplete : DatasetPresence.Absent;
        return new DatasetState(dataset, folder, presence, missing, found.Sum(path => new FileInfo(path).Length));
    }

    /// <summary>Compares the files that are here, and bear a published name, with their published SHA-256.</summary>
    /// <returns>Names of those that differ, as repacked files do; null when none bears a published name.</returns>
    /// <exception cref="DataException">A file cannot be read.</exception>
    public IReadOnlyList<string>? FilesThatDiffer()
    {
        var published = Dataset.Files.Where(file => File.Exists(Path.Combine(Folder, file.Name))).ToList();
        return published.Count == 0 ? null : [.. published.Where(Differs).Select(file => file.Name)];
    }

    private bool Differs(PublishedFile file)
    {
        var path = Path.Combine(Folder, file.Name);
        try
        {
            using var stream = File.OpenRead(path);
            return stream.Length != file.Bytes || Convert.ToHexStringLower(SHA256.HashData(stream)) != file.Sha256;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
        }
    }
}
