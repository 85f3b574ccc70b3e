namespace SparseHybrid.Data.Folders;

/// <summary>Reads images one at a time into the array that is theirs.</summary>
/// <param name="classes">The classes, in the order of their labels.</param>
/// <param name="dropsUnreadable">Whether images that cannot be read are left out.</param>
/// <param name="total">Images of all parts, for <paramref name="progress"/>.</param>
/// <param name="progress">Told after every image.</param>
/// <param name="cancellationToken">Stops between two images.</param>
internal sealed class PartReader(
    IReadOnlyList<string> classes, bool dropsUnreadable, long total, IProgress<ImageFolderProgress>? progress, CancellationToken cancellationToken)
{
    private long done;

    /// <summary>Images that were left out so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>Reads the images of a part.</summary>
    /// <param name="folders">The images.</param>
    /// <param name="shape">Shape that each gets, [C, H, W].</param>
    /// <exception cref="DataException">An image cannot be read, and is not to be left out; the message names it.</exception>
    public ImagePart Part(ClassFolders folders, long[] shape)
    {
        var labels = classes.Index().ToDictionary(pair => pair.Item, pair => (long)pair.Index);
        var part = new ImagePart(folders, shape);
        foreach (var image in folders.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                part.Add(ImageFile.Read(image.Path), labels[image.Class]);
            }
            catch (InvalidDataException) when (dropsUnreadable)
            {
                Dropped++;
            }
            catch (InvalidDataException error)
            {
                throw new DataException(
                    image.Path, $"'{image.Path}' cannot be read.", error.Message, "Replace or remove it, or leave such images out (--drop-incomplete).", error);
            }

            progress?.Report(new ImageFolderProgress(++done, total));
        }

        return part;
    }
}
