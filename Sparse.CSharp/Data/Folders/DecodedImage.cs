namespace SparseHybrid.Data.Folders;

/// <summary>An image as its file stores it.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">Bytes of a pixel: 1 grey, 2 grey and opacity, 3 red, green and blue, 4 these and opacity.</param>
/// <param name="Pixels">The bytes, pixel by pixel, row by row from the top.</param>
internal sealed record DecodedImage(int Width, int Height, int Components, byte[] Pixels)
{
    /// <summary>The image as it is to be shown.</summary>
    /// <param name="orientation">How, in the numbers of <see cref="ExifOrientation"/>, 1 to 8: 2 to 4 mirror or turn it, 5 to 8 exchange rows and columns too.</param>
    public DecodedImage Turned(int orientation)
    {
        if (orientation == ExifOrientation.Upright)
        {
            return this;
        }

        var isExchanged = orientation >= 5;
        var (isMirrored, isUpsideDown) = (orientation is 2 or 3 or 7 or 8, orientation is 3 or 4 or 6 or 7); // as stored
        var (width, height) = isExchanged ? (Height, Width) : (Width, Height);
        var pixels = new byte[Pixels.Length];
        for (var to = 0; to < width * height; to++)
        {
            var (row, column) = Math.DivRem(to, width);
            var (x, y) = isExchanged ? (row, column) : (column, row);
            var from = ((isUpsideDown ? Height - 1 - y : y) * Width) + (isMirrored ? Width - 1 - x : x);
            Pixels.AsSpan(from * Components, Components).CopyTo(pixels.AsSpan(to * Components));
        }

        return new DecodedImage(width, height, Components, pixels);
    }
}
