namespace SparseHybrid.Kernels;

/// <summary>The way of results from vectors back to the maps of the output.</summary>
internal static unsafe class ChunkOutput
{
    /// <summary>Copies one vector (or two interleaved ones) to where its lanes belong; lanes outside the output are dropped.</summary>
    /// <param name="plan">Sizes.</param>
    /// <param name="panel">The panel of the vector.</param>
    /// <param name="row">Its row in the panel.</param>
    /// <param name="even">The vector, in memory.</param>
    /// <param name="odd">With two interleaved vectors the second one.</param>
    /// <param name="y">The channel's map in the first image.</param>
    /// <param name="imageFloats">Floats from an image of the output to the next.</param>
    public static void Scatter<TLanes, TVector>(ConvolutionPlan plan, in Panel panel, int row, float* even, float* odd, float* y, long imageFloats)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var (grid, shape) = (plan.Grid, plan.Shape);
        var layout = shape.Layout;
        if (row >= panel.Rows)
        {
            return;
        }

        var together = stackalloc float[2 * TLanes.Count];
        for (var group = 0; group < layout.RowGroups; group++)
        {
            var outputRow = (group * shape.RowsPerGroup) + panel.FirstRow + row;
            var columns = Math.Min(layout.PanelColumns, grid.ColumnsOfOutputRow(outputRow) - panel.FirstColumn);
            if (columns <= 0)
            {
                break;
            }

            var target = y + ((long)outputRow * grid.OutputColumns) + panel.FirstColumn;
            for (var image = 0; image < panel.Images; image++)
            {
                var lane = ((image * layout.RowGroups) + group) * layout.Columns;
                var targetOfImage = target + ((panel.FirstImage + image) * imageFloats);
                if (layout.Interleave == 1)
                {
                    ShortCopy.Floats(even + lane, columns, targetOfImage);
                }
                else if (columns == 2 * TLanes.Count)
                {
                    TLanes.StoreInterleaved(TLanes.Load(even), TLanes.Load(odd), targetOfImage);
                }
                else
                {
                    TLanes.StoreInterleaved(TLanes.Load(even), TLanes.Load(odd), together);
                    ShortCopy.Floats(together, columns, targetOfImage);
                }
            }
        }
    }
}
