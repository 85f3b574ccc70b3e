namespace SparseHybrid.Data.Folders;

/// <summary>What became of a folder of images; also the contents of the file beside the arrays, which applications need to understand the network.</summary>
public sealed record ImageFolderImportReport
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The arrays.</summary>
    public required string File { get; init; }

    /// <summary>Shape of one image, [C, H, W].</summary>
    public required IReadOnlyList<long> InputShape { get; init; }

    /// <summary>What the classes are called, in the order of the network's outputs: the names of the folders.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Images to learn from.</summary>
    public required long Training { get; init; }

    /// <summary>Images to judge by.</summary>
    public required long Test { get; init; }

    /// <summary>Images that were left out because they cannot be read.</summary>
    public required long Dropped { get; init; }

    /// <summary>Files that are hidden or no images by their names.</summary>
    public required long PassedOver { get; init; }

    /// <summary>Images that lie in no folder of a class.</summary>
    public required long WithoutClass { get; init; }

    /// <summary>Folders beside those of the classes that are hidden or hold no image.</summary>
    public required long EmptyFolders { get; init; }

    /// <summary>Parts of the folder that were not used, as val where there is a test.</summary>
    public required IReadOnlyList<string> PartsLeftOut { get; init; }
}
