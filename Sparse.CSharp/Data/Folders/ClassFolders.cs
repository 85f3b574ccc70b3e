namespace SparseHybrid.Data.Folders;

/// <summary>A folder that holds a folder of images for each class.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Names">Names of the classes, in the order of their characters.</param>
/// <param name="Images">The images, class by class; those in folders below a class are of the class.</param>
/// <param name="PassedOver">Files that are hidden or no images by their names.</param>
/// <param name="WithoutClass">Images that lie in no folder of a class.</param>
/// <param name="EmptyFolders">Folders beside those of the classes that are hidden or hold no image.</param>
internal sealed record ClassFolders(
    string Path, IReadOnlyList<string> Names, IReadOnlyList<ClassImage> Images, long PassedOver, long WithoutClass, long EmptyFolders)
{
    /// <summary>Lists the images. None of them is opened.</summary>
    /// <exception cref="DataException">A folder cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ClassFolders Read(string path, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var images = new List<ClassImage>();
        var (passedOver, withoutClass, emptyFolders) = (0L, 0L, 0L);
        foreach (var entry in FolderEntries.Of(path))
        {
            if (entry is not DirectoryInfo)
            {
                (passedOver, withoutClass) = IsImage(entry) ? (passedOver, withoutClass + 1) : (passedOver + 1, withoutClass);
                continue;
            }

            var before = images.Count;
            if (!FolderEntries.IsHidden(entry.Name))
            {
                // A link back to the folder of all classes would make every image one of this class.
                var seen = new HashSet<string> { FolderEntries.Real(path) };
                AddImages(System.IO.Path.Combine(path, entry.Name), entry.Name, seen, images, ref passedOver, cancellationToken);
            }

            if (images.Count > before)
            {
                names.Add(entry.Name);
            }
            else
            {
                emptyFolders++;
            }
        }

        return new ClassFolders(path, names, images, passedOver, withoutClass, emptyFolders);
    }

    // Links are followed, but into no folder twice: they may form a loop.
    private static void AddImages(
        string folder, string name, HashSet<string> seen, List<ClassImage> images, ref long passedOver, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!seen.Add(FolderEntries.Real(folder)))
        {
            return;
        }

        foreach (var entry in FolderEntries.Of(folder))
        {
            var place = System.IO.Path.Combine(folder, entry.Name); // as the caller writes it, for messages
            if (entry is DirectoryInfo)
            {
                if (!FolderEntries.IsHidden(entry.Name))
                {
                    AddImages(place, name, seen, images, ref passedOver, cancellationToken);
                }
            }
            else if (IsImage(entry))
            {
                images.Add(new ClassImage(place, name));
            }
            else
            {
                passedOver++;
            }
        }
    }

    private static bool IsImage(FileSystemInfo entry) => !FolderEntries.IsHidden(entry.Name) && ImageFile.HasKnownEnding(entry.Name);
}
