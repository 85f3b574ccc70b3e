namespace SparseHybrid.Deploy.Report.Images;

/// <summary>Small images of one size side by side on one sheet, a line of background between them.</summary>
internal sealed class TileSheet
{
    private const int Gap = 1;

    private readonly int tileWidth;
    private readonly int tileHeight;
    private readonly int columns;

    /// <param name="tileWidth">Pixels in a row of a tile.</param>
    /// <param name="tileHeight">Rows of a tile.</param>
    /// <param name="count">How many tiles, 1 or more.</param>
    /// <param name="mostColumns">How many of them in a row at most.</param>
    /// <param name="background">Number of the colour between the tiles.</param>
    public TileSheet(int tileWidth, int tileHeight, int count, int mostColumns, byte background)
    {
        (this.tileWidth, this.tileHeight) = (tileWidth, tileHeight);
        columns = Math.Min(count, mostColumns);
        Width = columns * (tileWidth + Gap) + Gap;
        Height = (count + columns - 1) / columns * (tileHeight + Gap) + Gap;
        Pixels = new byte[Width * Height];
        Pixels.AsSpan().Fill(background);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Numbers of colours, row by row.</summary>
    public byte[] Pixels { get; }

    /// <summary>Draws a tile.</summary>
    /// <param name="index">Its place, row by row from 0.</param>
    /// <param name="colour">The number of the colour of each of its pixels, row by row from 0.</param>
    public void Draw(int index, Func<int, byte> colour)
    {
        var (top, left) = (Gap + index / columns * (tileHeight + Gap), Gap + index % columns * (tileWidth + Gap));
        for (var pixel = 0; pixel < tileWidth * tileHeight; pixel++)
        {
            Pixels[(top + pixel / tileWidth) * Width + left + pixel % tileWidth] = colour(pixel);
        }
    }
}
