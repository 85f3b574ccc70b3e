using SparseHybrid.Data;
using SparseHybrid.Deploy.Report.Images;
using TorchSharp;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>An image of a data set as people see it.</summary>
/// <param name="Png">A PNG file, grey or in colours.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
internal sealed record Thumbnail(byte[] Png, int Width, int Height)
{
    private const int MostPixels = 128 * 128;

    private static readonly Colour[] Greys = [.. Enumerable.Range(0, 256).Select(level => new Colour((byte)level, (byte)level, (byte)level))];

    /// <summary>Draws an image; null where the data are no images, or ones too large for a page.</summary>
    /// <param name="images">Borrowed.</param>
    /// <param name="index">Which one, counted from 0.</param>
    public static Thumbnail? Of(LabelledImages images, long index)
    {
        if (images.InputShape is not [var channels, var height, var width] || width * height is < 2 or > MostPixels)
        {
            return null;
        }

        using var stored = images.Stored.narrow(0, index, 1);
        var samples = stored.dtype == torch.ScalarType.Byte ? stored.data<byte>().ToArray() : Stretch(stored.data<float>().ToArray());
        var pixels = checked((int)(width * height));
        return channels == 3
            ? new Thumbnail(Images.Png.Rgb((int)width, Interleave(samples, pixels)), (int)width, (int)height)
            : new Thumbnail(Images.Png.Indexed((int)width, samples.AsSpan(0, pixels), Greys), (int)width, (int)height);
    }

    // Numbers that were no bytes have no black and white of their own: their least and greatest take that place.
    private static byte[] Stretch(float[] values)
    {
        var (least, greatest) = (values.Min(), values.Max());
        return Array.ConvertAll(values, value => greatest > least ? (byte)Math.Round(255 * (value - least) / (greatest - least)) : (byte)128);
    }

    // Channel after channel becomes pixel after pixel.
    private static byte[] Interleave(byte[] planes, int pixels) => [.. Enumerable.Range(0, 3 * pixels).Select(i => planes[i % 3 * pixels + i / 3])];
}
