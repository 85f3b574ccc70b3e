using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Where neighbouring lanes of a panel's vectors go.</summary>
internal struct OutputPiece
{
    /// <summary>Floats from the start of an output channel's first map, or of the rows to be pooled, to where the lanes of the first row go.</summary>
    public long Offset;

    /// <summary>Floats from the start of an output channel's first map to where the first row of pools goes.</summary>
    public long PooledOffset;

    /// <summary>Rows that belong to the output; those behind are dropped.</summary>
    public int Rows;

    /// <summary>Columns that belong to the output.</summary>
    public int Columns;

    /// <summary>Columns of the last row that do: fewer where a convolution of one pixel a window ends within a vector.</summary>
    public int ColumnsOfLastRow;

    /// <summary>A piece of a panel.</summary>
    /// <param name="plan">Sizes.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="index">The panel's in its chunk.</param>
    /// <param name="piece">By image, then by row group.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static OutputPiece Of(ConvolutionPlan plan, int outputs, in Panel panel, int index, int piece)
    {
        var (shape, grid, geometry) = (plan.Shape, plan.Grid, plan.Geometry);
        var (image, group) = Math.DivRem(piece, shape.Layout.RowGroups);
        var firstRow = (group * shape.RowsPerGroup) + panel.FirstRow;
        var rows = image < panel.Images ? Math.Clamp(grid.OutputRows - firstRow, 0, panel.Rows) : 0;
        var imageOfOutput = (long)(panel.FirstImage + image) * outputs;
        var pooledColumns = grid.OutputColumns / geometry.PoolWidth;
        var row = geometry.HasPools
            ? ((((long)index / shape.Segments * shape.Layout.Images * shape.Layout.RowGroups) + piece) * shape.TileRows * grid.OutputColumns)
            : (imageOfOutput * grid.OutputFloats) + ((long)firstRow * grid.OutputColumns);
        return new OutputPiece
        {
            Offset = row + panel.FirstColumn,
            PooledOffset = ((imageOfOutput * (grid.OutputRows / geometry.PoolHeight)) + (firstRow / geometry.PoolHeight)) * pooledColumns,
            Rows = rows,
            Columns = Math.Min(shape.Layout.PanelColumns, grid.OutputColumns - panel.FirstColumn),
            ColumnsOfLastRow = Math.Min(shape.Layout.PanelColumns, grid.ColumnsOfOutputRow(firstRow + rows - 1) - panel.FirstColumn),
        };
    }

    /// <summary>Copies a vector's lanes to where they belong.</summary>
    /// <param name="source">The first of the lanes.</param>
    /// <param name="row">The vector's row in the panel.</param>
    /// <param name="y">The start of the output channel's first map.</param>
    /// <param name="pitch">Floats from one row of the output to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void Write(float* source, int row, float* y, nint pitch)
    {
        if (row >= Rows)
        {
            return;
        }

        var target = y + Offset + (row * pitch);
        var count = row == Rows - 1 ? ColumnsOfLastRow : Columns;
        for (; count >= 4; count -= 4, source += 4, target += 4)
        {
            Lanes128.Store(Lanes128.Load(source), target);
        }

        for (; count > 0; count--)
        {
            *target++ = *source++;
        }
    }

    /// <summary>As <see cref="Write"/>, with something added.</summary>
    /// <param name="source">The first of the lanes.</param>
    /// <param name="row">The vector's row in the panel.</param>
    /// <param name="y">The start of the output channel's first map.</param>
    /// <param name="addend">Floats from a place of the output to what is added there.</param>
    /// <param name="pitch">Floats from one row of the output to the next.</param>
    /// <param name="relu">Negative sums become 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void WriteSum<TLanes, TVector>(float* source, int row, float* y, long addend, nint pitch, bool relu)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        if (row < Rows)
        {
            var target = y + Offset + (row * pitch);
            Addend<TLanes, TVector>.Add(target + addend, source, target, row == Rows - 1 ? ColumnsOfLastRow : Columns, relu);
        }
    }
}
