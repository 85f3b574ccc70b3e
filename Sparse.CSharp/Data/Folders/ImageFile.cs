using StbImageSharp;

namespace SparseHybrid.Data.Folders;

/// <summary>Reads PNG, JPEG and BMP images.</summary>
internal static class ImageFile
{
    private const long MostPixels = 1L << 28; // 1 GiB of red, green, blue and opacity

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Whether a file says by its name that it is such an image.</summary>
    public static bool HasKnownEnding(string name) => Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Size of an image and whether it is stored as grey, out of its first bytes; null where they tell nothing.</summary>
    /// <exception cref="DataException">The file cannot be opened, though it is there.</exception>
    public static (int Height, int Width, bool IsGrey)? Header(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return ImageInfo.FromStream(file) is { } info ? (info.Height, info.Width, info.ColorComponents is ColorComponents.Grey or ColorComponents.GreyAlpha) : null;
        }
        catch (Exception error) when (IsDamage(error) || error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Closed(path, error);
        }
    }

    /// <summary>Reads an image.</summary>
    /// <exception cref="InvalidDataException">It is no such image, or damaged; the message says why.</exception>
    /// <exception cref="DataException">The file cannot be opened, though it is there.</exception>
    public static DecodedImage Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            ImageCompleteness.Check(bytes);
            using var content = new MemoryStream(bytes);
            if (ImageInfo.FromStream(content) is { } info && (long)info.Width * info.Height > MostPixels)
            {
                throw new InvalidDataException($"It has {info.Width} x {info.Height} pixels; at most {MostPixels} can be read.");
            }

            var image = ImageResult.FromMemory(bytes, ColorComponents.Default);
            return new DecodedImage(image.Width, image.Height, (int)image.Comp, image.Data);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException("It is a link to a file that is not there.", error);
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new InvalidDataException($"It is damaged, or of a kind that cannot be read ({error.Message}).", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Closed(path, error);
        }
    }

    // The decoder meets damaged bytes with exceptions of many kinds.
    private static bool IsDamage(Exception error) => error is not (InvalidDataException or IOException or UnauthorizedAccessException or OutOfMemoryException);

    private static DataException Closed(string path, Exception error) =>
        new(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
}
