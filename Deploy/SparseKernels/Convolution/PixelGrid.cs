namespace SparseHybrid.Kernels;

/// <summary>
/// The maps of one convolution as the kernels see them. A convolution of one pixel a window sees its map as rows of one vector each,
/// whatever its real width; all others see it as it is.
/// </summary>
/// <param name="InputColumns">Columns of the input, and floats from one of its rows to the next.</param>
/// <param name="InputFloats">Floats of one channel of the input; its last row may be short.</param>
/// <param name="OutputRows">Rows of the output.</param>
/// <param name="OutputColumns">Columns of the output, and floats from one of its rows to the next.</param>
/// <param name="OutputFloats">Floats of one channel of the output.</param>
internal readonly record struct PixelGrid(int InputColumns, int InputFloats, int OutputRows, int OutputColumns, int OutputFloats)
{
    /// <summary>The grid of a convolution over maps of so many rows and columns.</summary>
    public static PixelGrid Of(ConvolutionGeometry geometry, int height, int width, int lanes)
    {
        var (rows, columns) = (geometry.OutputHeight(height), geometry.OutputWidth(width));
        var pixels = checked(height * width);
        if (!geometry.IsPointwise)
        {
            return new PixelGrid(width, pixels, rows, columns, checked(rows * columns));
        }

        var rowLength = Math.Min(lanes, pixels);
        return new PixelGrid(rowLength, pixels, (pixels + rowLength - 1) / rowLength, rowLength, pixels);
    }

    /// <summary>Columns that a row of the input has; 0 or less behind the last row.</summary>
    public int ColumnsOfInputRow(int row) => Math.Min(InputColumns, InputFloats - (row * InputColumns));

    /// <summary>Columns that a row of the output has; 0 or less behind the last row.</summary>
    public int ColumnsOfOutputRow(int row) => Math.Min(OutputColumns, OutputFloats - (row * OutputColumns));
}
