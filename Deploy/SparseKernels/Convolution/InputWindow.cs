namespace SparseHybrid.Kernels;

/// <summary>
/// The part of one channel of one image that one row group of a panel reads, cut out and padded with zeros: small enough for the
/// first-level cache, so that vectors are put together without looking at borders.
/// </summary>
internal sealed class InputWindow
{
    public InputWindow(ConvolutionGeometry geometry, PanelShape shape)
    {
        var layout = shape.Layout;
        ColumnStride = geometry.StrideWidth * layout.Interleave;
        Rows = ((shape.TileRows + shape.RowReach - 1) * geometry.StrideHeight) + shape.Phases.Max() + 1;
        var columns = ((layout.Columns - 1) * ColumnStride) + ((shape.Shifts - 1) * geometry.DilationWidth) + 1;
        Columns = columns;
        Pitch = checked(columns + ColumnStride + 15) & ~15; // a strided load reads the columns between as well
        Floats = checked(Rows * Pitch);
        Count = shape.InPlace ? 0 : shape.PanelsPerChunk * layout.Images * layout.RowGroups;
    }

    /// <summary>Columns of the input from one lane to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns that are used.</summary>
    public int Columns { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Pitch { get; }

    /// <summary>Floats of a window.</summary>
    public int Floats { get; }

    /// <summary>Windows of a chunk: by panel, then image, then row group.</summary>
    public int Count { get; }
}
