namespace SparseHybrid.Data.Folders;

/// <summary>Images as bytes, in one piece.</summary>
internal sealed class ImagePart
{
    private readonly byte[] pixels;
    private readonly int size;
    private readonly List<long> labels = [];

    /// <summary>Makes room.</summary>
    /// <param name="folders">The images that it is for.</param>
    /// <param name="shape">Shape of one image, [C, H, W].</param>
    /// <exception cref="DataException">They do not fit into an array.</exception>
    public ImagePart(ClassFolders folders, long[] shape)
    {
        Shape = shape;
        size = checked((int)(shape[0] * shape[1] * shape[2]));
        if ((long)folders.Images.Count * size > Array.MaxLength)
        {
            throw new DataException(
                folders.Path, $"'{folders.Path}' is too large.", $"{folders.Images.Count} images of {string.Join('x', shape)} take more than 2 GiB.",
                "Make them smaller (--image), or leave images out.");
        }

        pixels = new byte[folders.Images.Count * size];
    }

    /// <summary>Shape of one image, [C, H, W].</summary>
    public long[] Shape { get; }

    /// <summary>The class of each image.</summary>
    public IReadOnlyList<long> Labels => labels;

    /// <summary>The places of all images, counted from 0.</summary>
    public int[] Places => [.. Enumerable.Range(0, labels.Count)];

    /// <summary>Adds an image.</summary>
    public void Add(DecodedImage image, long label)
    {
        ImageScaling.Write(image, (int)Shape[0], (int)Shape[1], (int)Shape[2], pixels.AsSpan(labels.Count * size, size));
        labels.Add(label);
    }

    /// <summary>Writes some of the images as the arrays x_NAME and y_NAME.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">train or test.</param>
    /// <param name="chosen">Their places, in order.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    public void Write(NpzWriter writer, string name, int[] chosen, CancellationToken cancellationToken)
    {
        // [N, H, W] leaves no doubt what is the channel, as [N, 1, H, 4] would.
        long[] sizes = Shape[0] == 1 ? Shape[1..] : Shape;
        writer.Add($"x_{name}", [chosen.Length, .. sizes], chosen.Select(image =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (ReadOnlyMemory<byte>)pixels.AsMemory(image * size, size);
        }));
        writer.Add($"y_{name}", [chosen.Length], [.. chosen.Select(image => labels[image])]);
    }
}
