namespace SparseHybrid.Data;

/// <summary>What augmentation does to one image: all of its random choices, drawn once.</summary>
/// <param name="Down">Rows by which the cut is moved down from the image's own place; negative: up.</param>
/// <param name="Right">Columns by which it is moved to the right; negative: to the left.</param>
/// <param name="IsMirrored">Whether left and right change places.</param>
/// <param name="Erased">The rectangle that is blanked out; empty where none is.</param>
internal readonly record struct ImageVariation(int Down, int Right, bool IsMirrored, PixelRectangle Erased)
{
    // Published implementations try a size that fits ten times, and leave the image alone when none did.
    private const int ErasingAttempts = 10;

    // So that the choices for an image have nothing to do with the order of the epoch, which begins with the same seed.
    private const ulong Purpose = 0xA5C3_19E7_42D1_6B8F;

    /// <summary>The choices for an image: a pure function of its arguments.</summary>
    /// <param name="augmentation">What may be done.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Epoch, counted from 0.</param>
    /// <param name="image">Number of the image in the data set, counted from 0.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    public static ImageVariation Draw(Augmentation augmentation, long seed, int epoch, long image, int height, int width)
    {
        var ofEpoch = SplitMix64.Mix(SplitMix64.Mix((ulong)seed ^ Purpose) + (ulong)epoch);
        var random = new SplitMix64(SplitMix64.Mix(ofEpoch + (ulong)image));
        var padding = augmentation.CropPadding;
        var (down, right) = padding == 0 ? (0, 0) : (Shift(ref random, padding), Shift(ref random, padding));
        var isMirrored = augmentation.FlipProbability > 0 && random.NextDouble() < augmentation.FlipProbability;
        var erased = augmentation.Erasing is { } erasing ? Rectangle(ref random, erasing, height, width) : default;
        return new ImageVariation(down, right, isMirrored, erased);
    }

    private static int Shift(ref SplitMix64 random, int padding) => (int)random.NextBelow(2 * (ulong)padding + 1) - padding;

    private static PixelRectangle Rectangle(ref SplitMix64 random, RandomErasing erasing, int height, int width)
    {
        if (random.NextDouble() >= erasing.Probability)
        {
            return default;
        }

        for (var attempt = 0; attempt < ErasingAttempts; attempt++)
        {
            var area = Between(ref random, erasing.SmallestShare, erasing.LargestShare) * height * width;
            var ratio = Math.Exp(Between(ref random, Math.Log(erasing.SmallestRatio), Math.Log(erasing.LargestRatio)));
            var rows = (int)Math.Round(Math.Sqrt(area * ratio));
            var columns = (int)Math.Round(Math.Sqrt(area / ratio));
            if (rows < height && columns < width)
            {
                var top = (int)random.NextBelow((ulong)(height - rows) + 1);
                var left = (int)random.NextBelow((ulong)(width - columns) + 1);
                return new PixelRectangle(top, left, rows, columns);
            }
        }

        return default;
    }

    private static double Between(ref SplitMix64 random, double least, double most) => least + random.NextDouble() * (most - least);
}

/// <summary>A rectangle within an image.</summary>
internal readonly record struct PixelRectangle(int Top, int Left, int Rows, int Columns);
