using SparseHybrid.Deploy.Report.Images;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>The filters of the first layer as small images, with their signs and as masks.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Shown">Filters on the sheets: those alive, in the network's order.</param>
/// <param name="Alive">Filters that have a weight that is not zero.</param>
/// <param name="Total">Filters of the layer.</param>
/// <param name="Channels">Images of a filter side by side, one an input channel.</param>
/// <param name="FullColour">The magnitude that has the full colour, as larger ones do.</param>
/// <param name="Width">Pixels in a row of a sheet.</param>
/// <param name="Height">Rows of a sheet.</param>
/// <param name="Weights">Sheet of the weights, a PNG file.</param>
/// <param name="Mask">Sheet of what is not zero, a PNG file.</param>
internal sealed record FilterSheet(
    string Layer, int Shown, int Alive, int Total, int Channels, double FullColour, int Width, int Height, byte[] Weights, byte[] Mask)
{
    private const int MostTiles = 64;
    private const int MostColumns = 8;
    private const double FullColourQuantile = 0.98; // so that a few large weights do not fade all others

    /// <summary>Draws them.</summary>
    /// <param name="layer">The first layer.</param>
    /// <param name="inputShape">Of the network's input: [channels, height, width] or [features].</param>
    /// <returns>Null when its weights are no images: those of a linear layer need inputs that are, and a pixel alone is none.</returns>
    public static FilterSheet? Of(LayerWeights layer, long[] inputShape)
    {
        if (Images(layer, inputShape) is not var (channels, height, width) || width * height < 2 || channels * height * width != layer.Columns)
        {
            return null;
        }

        var alive = Enumerable.Range(0, layer.Rows).Where(row => layer.Row(row).ContainsAnyExcept(0f)).ToList();
        var shown = alive.Take(Math.Max(1, MostTiles / channels)).ToList();
        if (shown.Count == 0)
        {
            return null;
        }

        var full = MagnitudeBelow(layer.Values, FullColourQuantile);
        var (weights, mask) = (NewSheet(), NewSheet());
        foreach (var (index, row) in shown.Index())
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var start = row * layer.Columns + channel * width * height;
                weights.Draw(index * channels + channel, pixel => WeightColours.OfWeight(layer.Values[start + pixel], full));
                mask.Draw(index * channels + channel, pixel => WeightColours.OfShare(layer.Values[start + pixel] != 0 ? 1 : 0));
            }
        }

        return new FilterSheet(
            layer.Layer, shown.Count, alive.Count, layer.Rows, channels, full, weights.Width, weights.Height,
            Png.Indexed(weights.Width, weights.Pixels, WeightColours.Signed), Png.Indexed(mask.Width, mask.Pixels, WeightColours.Shares));

        TileSheet NewSheet() => new(width, height, shown.Count * channels, Math.Max(1, MostColumns / channels) * channels, WeightColours.Line);
    }

    // What so large a share of the magnitudes that are left lie below.
    private static float MagnitudeBelow(float[] values, double share)
    {
        float[] magnitudes = [.. values.Where(value => value != 0 && float.IsFinite(value)).Select(Math.Abs).Order()];
        return magnitudes.Length == 0 ? 0 : magnitudes[(int)(share * (magnitudes.Length - 1))];
    }

    // A convolution's own kernels; for a linear layer over images, its weights where the pixels lie.
    private static (int Channels, int Height, int Width)? Images(LayerWeights layer, long[] inputShape) => (layer.Shape.Length, inputShape.Length) switch
    {
        (4, _) => ((int)layer.Shape[1], (int)layer.Shape[2], (int)layer.Shape[3]),
        (2, 3) => ((int)inputShape[0], (int)inputShape[1], (int)inputShape[2]),
        _ => null,
    };
}
