namespace SparseHybrid.Data.Folders;

/// <summary>An image as its file stores it.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">Bytes of a pixel: 1 grey, 2 grey and opacity, 3 red, green and blue, 4 these and opacity.</param>
/// <param name="Pixels">The bytes, pixel by pixel, row by row from the top.</param>
internal sealed record DecodedImage(int Width, int Height, int Components, byte[] Pixels);
