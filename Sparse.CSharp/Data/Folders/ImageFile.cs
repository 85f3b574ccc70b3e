using StbImageSharp;

namespace SparseHybrid.Data.Folders;

/// <summary>Reads PNG, JPEG and BMP images.</summary>
internal static class ImageFile
{
    private const long MostPixels = 1L << 28; // 1 GiB of red, green, blue and opacity

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Whether a file says by its name that it is such an image.</summary>
    public static bool HasKnownEnding(string name) => Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Size of an image as it is stored and whether that is as grey, without decoding it; null where it is no such image, or damaged.</summary>
    /// <exception cref="DataException">The file cannot be opened, though it is there.</exception>
    public static (int Height, int Width, bool IsGrey)? Header(string path)
    {
        try
        {
            var info = Info(Complete(path));
            return (info.Height, info.Width, info.ColorComponents is ColorComponents.Grey or ColorComponents.GreyAlpha);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Reads an image, the way up that it is shown.</summary>
    /// <exception cref="InvalidDataException">It is no such image, or damaged; the message says why.</exception>
    /// <exception cref="DataException">The file cannot be opened, though it is there.</exception>
    public static DecodedImage Read(string path)
    {
        var bytes = Complete(path);
        var info = Info(bytes);
        if ((long)info.Width * info.Height > MostPixels)
        {
            throw new InvalidDataException($"It has {info.Width} x {info.Height} pixels; at most {MostPixels} can be read.");
        }

        var image = Decoded(() => ImageResult.FromMemory(bytes, ColorComponents.Default));
        return new DecodedImage(image.Width, image.Height, (int)image.Comp, image.Data).Turned(ExifOrientation.Of(bytes));
    }

    // Checked before the decoder sees them: it does not come back from a segment that goes on behind the end of the file.
    private static byte[] Complete(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            ImageCompleteness.Check(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException("It is a link to a file that is not there.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
        }
    }

    private static ImageInfo Info(byte[] bytes) => Decoded(() =>
    {
        using var content = new MemoryStream(bytes);
        return ImageInfo.FromStream(content) ?? throw new InvalidDataException("Its header is damaged, or of a kind that cannot be read.");
    });

    // The decoder meets damaged bytes with exceptions of many kinds.
    private static T Decoded<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception error) when (error is not (InvalidDataException or OutOfMemoryException))
        {
            throw new InvalidDataException($"It is damaged, or of a kind that cannot be read ({error.Message}).", error);
        }
    }
}
