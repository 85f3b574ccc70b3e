namespace SparseHybrid.Kernels;

/// <summary>
/// An arrangement for batches: a vector holds the same pixel of as many images as it has lanes, a tile. Every load is aligned, every lane
/// is used whatever the size of the maps, and results are pooled without moving lanes. In a tile the vectors lie by channel, then row,
/// then column; with a stride all columns of one remainder come first, so that neighbours in the output find neighbours.
/// </summary>
internal sealed record ImageTiles
{
    private const int RunsOfBlock = 4; // that RegisterBlock computes at once
    private const double CyclesToMultiplyAdd = 1.05; // a vector; runs of neighbours arrive in time from the second-level cache too
    private const double CyclesToTranspose = 5;
    private const double CyclesToPlace = 2;
    private const long CacheBytes = 768 << 10; // of a tile that stays in the second-level cache of the processors of today

    private readonly ConvolutionGeometry geometry;
    private readonly int columnsOfRemainder;

    private ImageTiles(ConvolutionGeometry geometry, int batch, int height, int width, int lanes)
    {
        this.geometry = geometry;
        Lanes = lanes;
        Count = (batch + lanes - 1) / lanes;
        (OutputRows, OutputColumns) = (geometry.OutputHeight(height), geometry.OutputWidth(width));
        (PooledRows, PooledColumns) = (OutputRows / geometry.PoolHeight, OutputColumns / geometry.PoolWidth);
        Rows = ((OutputRows - 1) * geometry.StrideHeight) + ((geometry.KernelHeight - 1) * geometry.DilationHeight) + 1;
        var columns = ((OutputColumns - 1) * geometry.StrideWidth) + ((geometry.KernelWidth - 1) * geometry.DilationWidth) + 1;
        columnsOfRemainder = (columns + geometry.StrideWidth - 1) / geometry.StrideWidth;
        VectorsOfRow = columnsOfRemainder * geometry.StrideWidth;
        IsPlain = geometry.StrideWidth == 1 && (Rows, columns, geometry.PadTop, geometry.PadLeft) == (height, width, 0, 0);
        Places = IsPlain ? [] : PlacesOf(height, width, columns);
        RunLength = OutputColumns >= 4 ? 4 : OutputColumns >= 2 ? 2 : 1;
        StripRows = RowsOfStrip();
    }

    /// <summary>Images of a tile.</summary>
    public int Lanes { get; }

    /// <summary>Tiles; the last one starts early enough to end with the last image.</summary>
    public int Count { get; }

    /// <summary>Rows of the convolution.</summary>
    public int OutputRows { get; }

    /// <summary>Columns of the convolution.</summary>
    public int OutputColumns { get; }

    /// <summary>Rows of the output.</summary>
    public int PooledRows { get; }

    /// <summary>Columns of the output.</summary>
    public int PooledColumns { get; }

    /// <summary>Rows of an arranged channel, with the borders that windows reach.</summary>
    public int Rows { get; }

    /// <summary>Vectors of one of these rows.</summary>
    public int VectorsOfRow { get; }

    /// <summary>Whether the arranged input has the pixels of the input in their order and no others.</summary>
    public bool IsPlain { get; }

    /// <summary>If it is not plain: for each pixel of the input of one image which vector of the tile takes it; -1: none does.</summary>
    public int[] Places { get; }

    /// <summary>Columns of the convolution that are neighbours in registers: 4, 2 or 1.</summary>
    public int RunLength { get; }

    /// <summary>Rows of the convolution that are computed, then pooled, for every channel before the next ones: whole pools.</summary>
    public int StripRows { get; }

    /// <summary>Runs of neighbours that make up a row of the convolution; the last may overlap the one before.</summary>
    public int RunsOfRow => (OutputColumns + RunLength - 1) / RunLength;

    /// <summary>Floats of an arranged tile.</summary>
    public long TileFloats => (long)geometry.Channels * Rows * VectorsOfRow * Lanes;

    /// <summary>Floats of a strip of one channel; enough for a vector from every image, too.</summary>
    public long StripFloats => (long)Math.Max(StripRows * OutputColumns, Lanes) * Lanes;

    /// <summary>Floats of one channel of a tile's output.</summary>
    public long PooledFloats => (long)PooledRows * PooledColumns * Lanes;

    /// <summary>Tiles as wide as fit a batch; none where the batch is smaller than any, or a tile larger than the caches.</summary>
    public static IEnumerable<ImageTiles> Candidates(ConvolutionGeometry geometry, int outputs, int batch, int height, int width, int maxLanes)
    {
        for (var lanes = maxLanes; lanes >= 4; lanes /= 2)
        {
            var inputBytes = sizeof(float) * (double)geometry.Channels * (height + geometry.PadTop + geometry.PadBottom) * (width + geometry.PadLeft + geometry.PadRight) * lanes;
            var outputBytes = sizeof(float) * (double)outputs * geometry.PooledHeight(height) * geometry.PooledWidth(width) * lanes;
            if (batch >= lanes && inputBytes + outputBytes <= CacheBytes)
            {
                yield return new ImageTiles(geometry, batch, height, width, lanes);
            }
        }
    }

    /// <summary>Where a weight finds the vector for the first pixel of the output, in floats from the tile's start.</summary>
    public int OffsetOf(int channel, int kernelRow, int kernelColumn) =>
        ((((channel * Rows) + (kernelRow * geometry.DilationHeight)) * VectorsOfRow) + VectorOf(kernelColumn * geometry.DilationWidth)) * Lanes;

    /// <summary>Cycles that a convolution takes, counted as <see cref="LayoutChoice"/> does.</summary>
    public double Cycles(SparseMatrix weights)
    {
        var block = Math.Min(StripRows * RunsOfRow, RunsOfBlock) * RunLength;
        var vectors = (double)OutputRows * RunsOfRow * RunLength;
        var product = weights.Count * vectors * (CyclesToMultiplyAdd + (2.0 / block));
        var arranged = (double)geometry.Channels * (IsPlain ? CyclesToTranspose : CyclesToTranspose + CyclesToPlace) * Rows * VectorsOfRow;
        var pooled = geometry.HasPools ? vectors * 2 : 0;
        var output = weights.Rows * (pooled + ((double)PooledRows * PooledColumns * CyclesToTranspose));
        return Count * (product + arranged + output);
    }

    private int VectorOf(int column) => (column % geometry.StrideWidth * columnsOfRemainder) + (column / geometry.StrideWidth);

    private int[] PlacesOf(int height, int width, int columns)
    {
        var places = new int[geometry.Channels * height * width];
        for (var i = 0; i < places.Length; i++)
        {
            var (channel, pixel) = Math.DivRem(i, height * width);
            var (row, column) = ((pixel / width) + geometry.PadTop, (pixel % width) + geometry.PadLeft);
            places[i] = row < Rows && column < columns ? (((channel * Rows) + row) * VectorsOfRow) + VectorOf(column) : -1;
        }

        return places;
    }

    /// <summary>As few whole pools as fill the registers evenly.</summary>
    private int RowsOfStrip()
    {
        var rows = geometry.PoolHeight;
        while (rows * RunsOfRow % RunsOfBlock != 0 && rows + geometry.PoolHeight <= OutputRows)
        {
            rows += geometry.PoolHeight;
        }

        return rows;
    }
}
