using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels;

/// <summary>Arranges the input of a chunk as <see cref="PanelShape"/> says.</summary>
internal static unsafe class ChunkArrangement
{
    /// <summary>Writes the vectors of a chunk.</summary>
    /// <param name="plan">Sizes.</param>
    /// <param name="chunk">Which chunk.</param>
    /// <param name="x">The input, of batch, channels, rows and columns.</param>
    /// <param name="windows">Room for the plan's windows.</param>
    /// <param name="target">Room for the chunk, at a multiple of the vector.</param>
    public static void Write(ConvolutionPlan plan, int chunk, float* x, float* windows, float* target)
    {
        switch (plan.Shape.Layout.Columns)
        {
            case 1: Write<VectorCopy<Lanes1, float>>(plan, chunk, x, windows, target); break;
            case 2: Write<PairCopy>(plan, chunk, x, windows, target); break;
            case 4: Write<VectorCopy<Lanes128, Vector128<float>>>(plan, chunk, x, windows, target); break;
            case 8: Write<VectorCopy<Lanes256, Vector256<float>>>(plan, chunk, x, windows, target); break;
            default: Write<VectorCopy<Lanes512, Vector512<float>>>(plan, chunk, x, windows, target); break;
        }
    }

    private static void Write<TCopy>(ConvolutionPlan plan, int chunk, float* x, float* windows, float* target)
        where TCopy : ILaneCopy
    {
        var (shape, window) = (plan.Shape, plan.Window);
        var panels = plan.PanelsOf(chunk);
        var windowsOfPanel = shape.Layout.Images * shape.Layout.RowGroups;
        NativeMemory.Clear(windows, (nuint)window.Count * (nuint)window.Floats * sizeof(float)); // borders stay zero for all channels
        for (var panel = 0; panel < panels; panel++)
        {
            var place = plan.PanelAt((chunk * shape.PanelsPerChunk) + panel);
            var windowsHere = windows + ((long)panel * windowsOfPanel * window.Floats);
            for (var channel = 0; channel < plan.Geometry.Channels; channel++)
            {
                CutOut(plan, place, channel, x, windowsHere);
                WriteChannel<TCopy>(plan, windowsHere, target + ((long)channel * shape.ChannelFloats) + ((long)panel * shape.Layout.Lanes));
            }
        }
    }

    private static void CutOut(ConvolutionPlan plan, Panel panel, int channel, float* x, float* windows)
    {
        var (geometry, grid, shape, window) = (plan.Geometry, plan.Grid, plan.Shape, plan.Window);
        var firstColumn = (panel.FirstColumn * geometry.StrideWidth) - geometry.PadLeft;
        var from = Math.Max(0, firstColumn);
        for (var image = 0; image < panel.Images; image++)
        {
            var map = x + ((((long)(panel.FirstImage + image) * geometry.Channels) + channel) * grid.InputFloats);
            for (var group = 0; group < shape.Layout.RowGroups; group++)
            {
                var target = windows + (((image * shape.Layout.RowGroups) + group) * window.Floats);
                var firstRow = (((group * shape.RowsPerGroup) + panel.FirstRow) * geometry.StrideHeight) - geometry.PadTop;
                for (var row = Math.Max(0, -firstRow); row < window.Rows; row++)
                {
                    var count = Math.Min(firstColumn + window.Columns, grid.ColumnsOfInputRow(firstRow + row)) - from;
                    if (count > 0)
                    {
                        ShortCopy.Floats(map + ((long)(firstRow + row) * grid.InputColumns) + from, count, target + (row * window.Pitch) + from - firstColumn);
                    }
                    else if (grid.ColumnsOfInputRow(firstRow + row) <= 0)
                    {
                        break;
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteChannel<TCopy>(ConvolutionPlan plan, float* windows, float* target)
        where TCopy : ILaneCopy
    {
        var (shape, window, geometry) = (plan.Shape, plan.Window, plan.Geometry);
        var windowCount = shape.Layout.Images * shape.Layout.RowGroups;
        var (rows, stride) = (shape.TileRows + shape.RowReach, window.ColumnStride);
        var vectorPitch = (nint)shape.PanelsPerChunk * shape.Layout.Lanes;
        var sourcePitch = (nint)window.Pitch * geometry.StrideHeight;
        var windowPitch = (nint)window.Floats;
        for (var shift = 0; shift < shape.Shifts; shift++)
        {
            foreach (var phase in shape.Phases)
            {
                var source = windows + (shift * geometry.DilationWidth) + (phase * window.Pitch);
                for (var row = 0; row < rows; row++, source += sourcePitch, target += vectorPitch)
                {
                    var piece = source;
                    var lane = target;
                    for (var i = 0; i < windowCount; i++, piece += windowPitch, lane += TCopy.Count)
                    {
                        TCopy.Copy(piece, stride, lane);
                    }
                }
            }
        }
    }
}
