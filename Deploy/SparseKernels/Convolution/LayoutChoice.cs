namespace SparseHybrid.Kernels;

/// <summary>Chooses the arrangement that should take the least time, by counting vectors; costs are in cycles, measured on one processor.</summary>
internal static class LayoutChoice
{
    public static PanelShape Best(ConvolutionGeometry geometry, PixelGrid grid, int batch, bool isAligned, int maxLanes, SparseMatrix weights)
    {
        var mayInterleave = geometry is { KernelWidth: > 1, StrideWidth: 1, DilationWidth: 1 };
        return LaneLayout.Candidates(maxLanes, grid.OutputColumns, mayInterleave)
            .SelectMany(layout => Shapes(geometry, grid, layout, batch))
            .MinBy(shape => Cycles(geometry, shape, isAligned, weights))!;
    }

    internal static IEnumerable<PanelShape> Shapes(ConvolutionGeometry geometry, PixelGrid grid, LaneLayout layout, int batch)
    {
        yield return new PanelShape(geometry, grid, layout, batch, inPlace: false);
        if (PanelShape.CanBeInPlace(geometry, grid, layout))
        {
            yield return new PanelShape(geometry, grid, layout, batch, inPlace: true);
        }
    }

    internal static double Cycles(ConvolutionGeometry geometry, PanelShape shape, bool isAligned, SparseMatrix weights)
    {
        var layout = shape.Layout;
        var outputVectors = (double)shape.Chunks * Math.Max(shape.OutputVectors, 1);
        var heldVectors = Math.Min(16, shape.OutputVectors);
        var multiplyAdd = shape.ChunkFloats * sizeof(float) <= (24 << 10) ? 1.0 : shape.ChunkFloats * sizeof(float) <= (900 << 10) ? 1.6 : 2.4;
        multiplyAdd *= shape.InPlace && !isAligned ? 1.6 : 1.0; // a vector that crosses a cache line is two loads
        var product = weights.Count * outputVectors * (multiplyAdd + (2.0 / heldVectors));
        var pieces = layout.Lanes / layout.Columns;
        var hasReader = shape.ColumnStride == 1 ? layout.Columns > 1 : shape.ColumnStride == 2 && layout.Columns > 2;
        var arrangedVector = hasReader ? 3.0 + pieces : 2.0 * layout.Lanes;
        var arranged = shape.InPlace ? 0 : (double)geometry.Channels * shape.Chunks * shape.Shifts * shape.Phases.Length * shape.PlaneVectors * arrangedVector;
        var scattered = weights.Rows * outputVectors * (shape.InPlace ? 1.0 : 2.0 + pieces);
        var pooled = geometry.HasPools ? weights.Rows * outputVectors * (4.0 + pieces) : 0;
        return product + arranged + scattered + pooled;
    }
}
