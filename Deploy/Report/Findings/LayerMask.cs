using SparseHybrid.Deploy.Report.Images;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>Where a weight has entries that are not zero, as an image: outputs from top to bottom, what feeds them from left to right.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="EntriesAcross">Entries of the weight side by side in one pixel.</param>
/// <param name="EntriesDown">Entries of it below each other in one pixel.</param>
/// <param name="Png">The more of a pixel's entries are left, the fuller its colour; none: it is transparent.</param>
internal sealed record LayerMask(string Layer, int Width, int Height, int EntriesAcross, int EntriesDown, byte[] Png)
{
    // A screen that shows an image smaller than it is would drop single pixels.
    private const int LongestSide = 280;

    /// <summary>Draws it.</summary>
    /// <param name="layer">The weight.</param>
    /// <param name="mostPixels">More entries than that share pixels, so that the page stays small.</param>
    public static LayerMask Of(LayerWeights layer, int mostPixels)
    {
        var (across, down) = (Parts(layer.Columns, LongestSide), Parts(layer.Rows, LongestSide));
        while ((long)Parts(layer.Columns, across) * Parts(layer.Rows, down) > mostPixels)
        {
            // The longer side is what gets coarser, so that the image stays near a square.
            if (Parts(layer.Columns, across) >= Parts(layer.Rows, down))
            {
                across++;
            }
            else
            {
                down++;
            }
        }

        var (width, height) = (Parts(layer.Columns, across), Parts(layer.Rows, down));
        var left = new int[width * height];
        for (var i = 0; i < layer.Values.Length; i++)
        {
            left[i / layer.Columns / down * width + i % layer.Columns / across] += layer.Values[i] != 0 ? 1 : 0;
        }

        var pixels = Array.ConvertAll(left, count => WeightColours.OfShare((double)count / (across * down)));
        return new LayerMask(layer.Layer, width, height, across, down, Images.Png.Indexed(width, pixels, WeightColours.Shares));
    }

    private static int Parts(int length, int size) => (length + size - 1) / size;
}
