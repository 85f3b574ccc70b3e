namespace SparseHybrid.Data.Folders;

/// <summary>What a folder holds, in an order that is the same on every file system.</summary>
internal static class FolderEntries
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Files and folders, hidden ones too, by name.</summary>
    /// <exception cref="DataException">There is no such folder, or it cannot be read.</exception>
    public static IReadOnlyList<FileSystemInfo> Of(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", All).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException error)
        {
            throw new DataException(folder, $"Cannot read '{folder}'.", "There is no such folder.", "Name a folder that holds a folder of images for each class.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(folder, $"Cannot read '{folder}'.", error.Message, "Check the folder and its permissions.", error);
        }
    }

    /// <summary>Whether file managers would not show it.</summary>
    public static bool IsHidden(string name) => name.StartsWith('.');

    /// <summary>The folder that a path leads to, without any link in it.</summary>
    public static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        foreach (var name in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            real = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : next;
        }

        return real;
    }
}
