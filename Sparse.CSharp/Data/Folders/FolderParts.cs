namespace SparseHybrid.Data.Folders;

/// <summary>Where the images to learn from and those to judge by lie.</summary>
/// <param name="Training">Folder of the class folders to learn from.</param>
/// <param name="Test">That to judge by; null where images are set aside.</param>
/// <param name="LeftOut">Names of parts that are not used.</param>
internal sealed record FolderParts(string Training, string? Test, IReadOnlyList<string> LeftOut)
{
    private const string TrainingName = "train";

    // The first that is there is judged by.
    private static readonly string[] TestNames = ["test", "validation", "val"];

    /// <summary>A folder is split where it has a part train, and none that is called otherwise than such parts are; its folders are classes else.</summary>
    /// <exception cref="DataException">The folder cannot be read.</exception>
    public static FolderParts Of(string folder, ImageFolderImportOptions options)
    {
        var names = FolderEntries.Of(folder).OfType<DirectoryInfo>().Select(entry => entry.Name).Where(name => !FolderEntries.IsHidden(name)).ToList();
        if (!names.Contains(TrainingName) || names.Exists(name => name != TrainingName && !TestNames.Contains(name)))
        {
            return new FolderParts(folder, options.TestFolder, []);
        }

        var own = options.TestFolder is null && options.TestShare is null ? TestNames.FirstOrDefault(names.Contains) : null;
        return new FolderParts(
            Path.Combine(folder, TrainingName),
            own is null ? options.TestFolder : Path.Combine(folder, own),
            [.. names.Where(name => name != TrainingName && name != own)]);
    }
}
