namespace SparseHybrid.Data.Folders;

/// <summary>How far an import is.</summary>
/// <param name="ImagesDone">Images that have been read.</param>
/// <param name="ImagesTotal">Images to read.</param>
public sealed record ImageFolderProgress(long ImagesDone, long ImagesTotal);
