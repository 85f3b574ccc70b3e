namespace SparseHybrid.Tests.Support;

/// <summary>
/// A small data set in MNIST's files: 8 x 8 images of ten classes that are easy to tell apart (a bright pixel row or
/// column each, with noise), so that a network learns them within a few epochs.
/// </summary>
public static class DigitsFolder
{
    public const int Size = 8;

    public static string Write(TemporaryFolder folder, int train = 200, int test = 60, int size = Size)
    {
        WritePart(folder, "train", train, size, seed: 1);
        WritePart(folder, "t10k", test, size, seed: 2);
        return folder.Path;
    }

    private static void WritePart(TemporaryFolder folder, string part, int count, int size, int seed)
    {
        var labels = Enumerable.Range(0, count).Select(i => (byte)(i % 10)).ToArray();
        var pixels = IdxBytes.Noise(count * size * size, seed).Select(value => (byte)(value / 4)).ToArray();
        for (var image = 0; image < count; image++)
        {
            for (var along = 0; along < size; along++)
            {
                var across = labels[image] % 5 * (size / 5);
                var (row, column) = labels[image] < 5 ? (across, along) : (along, across);
                pixels[(image * size + row) * size + column] = 255;
            }
        }

        folder.Write($"{part}-images-idx3-ubyte", IdxBytes.Make([count, size, size], pixels));
        folder.Write($"{part}-labels-idx1-ubyte.gz", IdxBytes.Compress(IdxBytes.Make([count], labels)));
    }
}
