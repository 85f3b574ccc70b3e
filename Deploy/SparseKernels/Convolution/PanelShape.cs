namespace SparseHybrid.Kernels;

/// <summary>
/// The arrangement of an input for one <see cref="LaneLayout"/>. A panel holds all that some rows of the output need, in every channel;
/// several panels make a chunk, which is arranged, then used by every channel of the output while it is in the cache. In a chunk the
/// vectors lie by channel, then column shift, then row phase, then row, then panel: what one weight needs for consecutive rows and
/// panels is contiguous.
/// </summary>
internal sealed record PanelShape
{
    /// <summary>Bytes of a chunk that stay in the second-level cache of the processors of today.</summary>
    private const long CacheBytes = 512 << 10;

    public PanelShape(ConvolutionGeometry geometry, PixelGrid grid, LaneLayout layout, int batch, bool inPlace)
    {
        Layout = layout;
        Shifts = geometry.KernelWidth + layout.Interleave - 1;
        Phases = [.. Enumerable.Range(0, geometry.KernelHeight).Select(row => row * geometry.DilationHeight % geometry.StrideHeight).Distinct()];
        RowReach = (geometry.KernelHeight - 1) * geometry.DilationHeight / geometry.StrideHeight;
        RowsPerGroup = Ceiling(Ceiling(grid.OutputRows, layout.RowGroups), geometry.PoolHeight) * geometry.PoolHeight;
        Segments = Ceiling(grid.OutputColumns, layout.PanelColumns);
        ImageSets = Ceiling(batch, layout.Images);
        InPlace = inPlace;
        ColumnStride = geometry.StrideWidth * layout.Interleave;
        (TileRows, Tiles) = CutRows(geometry.Channels, geometry.PoolHeight);
        var panels = (long)ImageSets * Tiles * Segments;
        Panels = checked((int)panels);
        var together = geometry.HasPools ? Segments : 1;
        var most = CacheBytes / (geometry.Channels * Bytes(TileRows) * together);
        PanelsPerChunk = InPlace ? 1 : together * EvenShare(panels / together, Math.Max(1, most));
        Chunks = Ceiling(Panels, PanelsPerChunk);
        PlaneRows = TileRows + RowReach;
        PlaneVectors = PlaneRows * PanelsPerChunk;
        ChannelFloats = InPlace ? grid.InputFloats : layout.Lanes * ((Shifts * Phases.Length * PlaneVectors) | 1); // odd: channels spread over the cache
        ShiftFloats = Phases.Length * PlaneVectors * layout.Lanes;
        ChunkFloats = InPlace ? 0 : checked(geometry.Channels * ChannelFloats);
        MapFloats = geometry.HasPools ? PanelsPerChunk / Segments * layout.Images * layout.RowGroups * TileRows * grid.OutputColumns : 0;
    }

    /// <summary>The pixels that share a vector.</summary>
    public LaneLayout Layout { get; }

    /// <summary>Column shifts that are stored: entries of a window's row, and one more for each further interleaved vector.</summary>
    public int Shifts { get; }

    /// <summary>Remainders of the window's rows divided by the stride: rows of the input apart by a stride lie next to one another.</summary>
    public int[] Phases { get; }

    /// <summary>Rows of a phase that a window reaches beyond its first.</summary>
    public int RowReach { get; }

    /// <summary>Rows of the output in each of the layout's row groups; with pooling whole pools.</summary>
    public int RowsPerGroup { get; }

    /// <summary>Stretches of columns.</summary>
    public int Segments { get; }

    /// <summary>Sets of images that share vectors.</summary>
    public int ImageSets { get; }

    /// <summary>The input is such an arrangement as it is: nothing is copied.</summary>
    public bool InPlace { get; }

    /// <summary>Rows of the output in a panel, in each row group.</summary>
    public int TileRows { get; }

    /// <summary>Rows of a phase in a panel, in each row group.</summary>
    public int PlaneRows { get; }

    /// <summary>Columns of the input from one lane of a piece to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>Panels that the rows of a group are cut into.</summary>
    public int Tiles { get; }

    /// <summary>All panels: image sets times tiles times segments.</summary>
    public int Panels { get; }

    /// <summary>Panels side by side in a chunk; with pooling they have whole rows.</summary>
    public int PanelsPerChunk { get; }

    /// <summary>Chunks.</summary>
    public int Chunks { get; }

    /// <summary>Vectors of one phase of one shift of one channel.</summary>
    public int PlaneVectors { get; }

    /// <summary>Floats from one channel to the next.</summary>
    public int ChannelFloats { get; }

    /// <summary>Floats from one shift to the next.</summary>
    public int ShiftFloats { get; }

    /// <summary>Floats of an arranged chunk, 0 where the input is used in place.</summary>
    public int ChunkFloats { get; }

    /// <summary>Floats of the rows of one channel in a full chunk, to be pooled; 0 without pooling.</summary>
    public int MapFloats { get; }

    /// <summary>Vectors of the output in one full chunk, for each channel.</summary>
    public int OutputVectors => TileRows * PanelsPerChunk * Layout.Interleave;

    /// <summary>Whether the input can be used as it is: pixels of one channel, in whole vectors, under a window of one pixel.</summary>
    public static bool CanBeInPlace(ConvolutionGeometry geometry, PixelGrid grid, LaneLayout layout) =>
        geometry.IsPointwise && layout.Columns == layout.Lanes && grid.InputColumns == layout.Lanes && grid.InputFloats % layout.Lanes == 0;

    /// <summary>Where a weight finds the vectors for the first output of a chunk, in floats from the chunk's start.</summary>
    public int OffsetOf(ConvolutionGeometry geometry, int channel, int kernelRow, int kernelColumn)
    {
        var (row, phase) = Math.DivRem(kernelRow * geometry.DilationHeight, geometry.StrideHeight);
        return (channel * ChannelFloats) + (kernelColumn * ShiftFloats)
            + (((Array.IndexOf(Phases, phase) * PlaneVectors) + (row * PanelsPerChunk)) * Layout.Lanes);
    }

    private static int Ceiling(int count, int size) => (int)(((long)count + size - 1) / size);

    private static int EvenShare(long count, long most)
    {
        var shares = (count + most - 1) / most;
        return (int)((count + shares - 1) / shares);
    }

    private (int Rows, int Tiles) CutRows(int channels, int poolHeight)
    {
        var rows = RowsPerGroup;
        while (rows > 8 && channels * Bytes(rows) > CacheBytes)
        {
            rows--;
        }

        var tiles = Ceiling(RowsPerGroup, rows);
        var even = Ceiling(RowsPerGroup, tiles);
        var unit = poolHeight % 4 == 0 ? poolHeight : poolHeight % 2 == 0 ? 2 * poolHeight : 4 * poolHeight; // whole blocks of registers, whole pools
        rows = tiles == 1 ? even : Math.Min(RowsPerGroup, Ceiling(even, unit) * unit);
        return (rows, Ceiling(RowsPerGroup, rows));
    }

    private long Bytes(int rows) => (long)sizeof(float) * Layout.Lanes * Shifts * Phases.Length * (rows + RowReach);
}
