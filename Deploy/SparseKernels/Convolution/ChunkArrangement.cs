using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>
/// Arranges the input of a chunk as <see cref="PanelShape"/> says. Vectors are read from the input as if it had no borders, then the lanes
/// beyond them are masked; only where that would read outside the whole input are lanes read one by one.
/// </summary>
internal unsafe ref struct ChunkArrangement
{
    private const int ChannelsAhead = 2;
    private const int FloatsOfLine = 64 / sizeof(float);

    private readonly ConvolutionPlan plan;
    private readonly float* input;
    private readonly float* inputEnd;
    private readonly int* columnMasks; // of each shift
    private readonly int* rowMasks; // of each row of each phase
    private readonly nint* lanes; // where each lane reads, in floats from where the vector reads
    private readonly nint* pieces; // where each piece starts
    private long span; // floats from where a vector reads to behind what it reads
    private nint origin;

    /// <param name="plan">Sizes.</param>
    /// <param name="input">The input, of batch, channels, rows and columns.</param>
    /// <param name="room">Room for <see cref="RoomOf"/> floats.</param>
    public ChunkArrangement(ConvolutionPlan plan, float* input, float* room)
    {
        var (shape, grid, geometry) = (plan.Shape, plan.Grid, plan.Geometry);
        var layout = shape.Layout;
        this.plan = plan;
        this.input = input;
        inputEnd = input + ((long)plan.Batch * geometry.Channels * grid.InputFloats);
        columnMasks = (int*)room;
        rowMasks = columnMasks + (shape.Shifts * layout.Lanes);
        lanes = (nint*)(rowMasks + (shape.Phases.Length * shape.PlaneRows * layout.Lanes));
        pieces = lanes + layout.Lanes;
        for (var piece = 0; piece < layout.Images * layout.RowGroups; piece++)
        {
            for (var column = 0; column < layout.Columns; column++)
            {
                lanes[(piece * layout.Columns) + column] = OffsetOfPiece(piece, layout.Images) + (column * shape.ColumnStride);
            }
        }
    }

    /// <summary>Floats of room that the arrangement needs beside the chunk.</summary>
    public static long RoomOf(PanelShape shape) =>
        shape.InPlace ? 0 : ((shape.Shifts + ((long)shape.Phases.Length * shape.PlaneRows)) * shape.Layout.Lanes) + (4L * shape.Layout.Lanes);

    /// <summary>Writes the vectors of a chunk.</summary>
    /// <param name="panels">Its panels.</param>
    /// <param name="target">Room for the chunk, at a multiple of the vector.</param>
    public void Write(ReadOnlySpan<Panel> panels, float* target)
    {
        var layout = plan.Shape.Layout;
        switch (layout.Lanes)
        {
            case 16: Write512(panels, target); break;
            case 8: Write256(panels, target); break;
            case 4: Write128(panels, target); break;
            default: Write<ContiguousReader<Lanes1, float>, Lanes1, float>(panels, target, false); break;
        }
    }

    private void Write512(ReadOnlySpan<Panel> panels, float* target)
    {
        switch (PieceColumns())
        {
            case (16, 1): Write<ContiguousReader<Lanes512, Vector512<float>>, Lanes512, Vector512<float>>(panels, target); break;
            case (16, 2): Write<EvenReader<Lanes512, Vector512<float>>, Lanes512, Vector512<float>>(panels, target); break;
            case (8, 1): Write<Halves512<ContiguousReader<Lanes256, Vector256<float>>>, Lanes512, Vector512<float>>(panels, target); break;
            case (8, 2): Write<Halves512<EvenReader<Lanes256, Vector256<float>>>, Lanes512, Vector512<float>>(panels, target); break;
            case (4, 1): Write<Halves512<Halves256<ContiguousReader<Lanes128, Vector128<float>>>>, Lanes512, Vector512<float>>(panels, target); break;
            case (4, 2): Write<Halves512<Halves256<EvenReader<Lanes128, Vector128<float>>>>, Lanes512, Vector512<float>>(panels, target); break;
            case (2, 1): Write<Halves512<Halves256<PairReader>>, Lanes512, Vector512<float>>(panels, target); break;
            default: Write<ContiguousReader<Lanes512, Vector512<float>>, Lanes512, Vector512<float>>(panels, target, false); break;
        }
    }

    private void Write256(ReadOnlySpan<Panel> panels, float* target)
    {
        switch (PieceColumns())
        {
            case (8, 1): Write<ContiguousReader<Lanes256, Vector256<float>>, Lanes256, Vector256<float>>(panels, target); break;
            case (8, 2): Write<EvenReader<Lanes256, Vector256<float>>, Lanes256, Vector256<float>>(panels, target); break;
            case (4, 1): Write<Halves256<ContiguousReader<Lanes128, Vector128<float>>>, Lanes256, Vector256<float>>(panels, target); break;
            case (4, 2): Write<Halves256<EvenReader<Lanes128, Vector128<float>>>, Lanes256, Vector256<float>>(panels, target); break;
            case (2, 1): Write<Halves256<PairReader>, Lanes256, Vector256<float>>(panels, target); break;
            default: Write<ContiguousReader<Lanes256, Vector256<float>>, Lanes256, Vector256<float>>(panels, target, false); break;
        }
    }

    private void Write128(ReadOnlySpan<Panel> panels, float* target)
    {
        switch (PieceColumns())
        {
            case (4, 1): Write<ContiguousReader<Lanes128, Vector128<float>>, Lanes128, Vector128<float>>(panels, target); break;
            case (4, 2): Write<EvenReader<Lanes128, Vector128<float>>, Lanes128, Vector128<float>>(panels, target); break;
            case (2, 1): Write<PairReader, Lanes128, Vector128<float>>(panels, target); break;
            default: Write<ContiguousReader<Lanes128, Vector128<float>>, Lanes128, Vector128<float>>(panels, target, false); break;
        }
    }

    /// <summary>Columns of a piece and from one to the next; lanes that follow one another in the input are one piece.</summary>
    private readonly (int Columns, int Stride) PieceColumns()
    {
        var layout = plan.Shape.Layout;
        for (var lane = 0; lane < layout.Lanes; lane++)
        {
            if (lanes[lane] != lane)
            {
                return (layout.Columns, plan.Shape.ColumnStride);
            }
        }

        return (layout.Lanes, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write<TReader, TLanes, TVector>(ReadOnlySpan<Panel> panels, float* target, bool hasReader = true)
        where TReader : IVectorReader<TVector>
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var (grid, geometry, shape) = (plan.Grid, plan.Geometry, plan.Shape);
        for (var (from, to) = (0, 0); from < panels.Length; from = to)
        {
            to = EndOfAlike(panels, from);
            SetMasks(panels[from]);
            for (var channel = 0; channel < geometry.Channels; channel++)
            {
                if (shape.Tiles > 1 && plan.Batch > 1)
                {
                    FetchChannel(panels[from..to], channel + ChannelsAhead);
                }

                var source = input + ((long)channel * grid.InputFloats) + origin;
                var targetOfChannel = target + ((long)channel * shape.ChannelFloats);
                for (var panel = from; panel < to; panel++) // within a channel, so that memory is written in order
                {
                    var image = source + ((long)panels[panel].FirstImage * geometry.Channels * grid.InputFloats);
                    WriteVectors<TReader, TLanes, TVector>(image, targetOfChannel + ((long)panel * TLanes.Count), hasReader);
                }
            }
        }
    }

    /// <summary>
    /// Asks for what panels read of a channel to come: a chunk has some rows of every channel, too far apart for the processor to see what
    /// comes next, and a batch is not in its caches. Addresses may lie outside the input; nothing is read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FetchChannel(ReadOnlySpan<Panel> panels, int channel)
    {
        var (grid, shape, stride) = (plan.Grid, plan.Shape, plan.Geometry.StrideHeight);
        var group = (nint)shape.RowsPerGroup * stride * grid.InputColumns;
        var floats = (nint)shape.PlaneRows * stride * grid.InputColumns;
        for (var panel = 0; Sse.IsSupported && channel < plan.Geometry.Channels && panel < panels.Length; panel++)
        {
            if (panels[panel].FirstColumn > 0)
            {
                continue; // the first segment's rows are its own
            }

            for (var image = 0; image < panels[panel].Images; image++)
            {
                var first = input + ((((long)panels[panel].FirstImage + image) * plan.Geometry.Channels) + channel) * grid.InputFloats + origin;
                for (var i = 0; i < shape.Layout.RowGroups; i++)
                {
                    for (nint place = 0; place < floats; place += FloatsOfLine)
                    {
                        Sse.Prefetch0(first + (i * group) + place);
                    }
                }
            }
        }
    }

    /// <summary>Behind the panels that differ from one in nothing but the images.</summary>
    private static int EndOfAlike(ReadOnlySpan<Panel> panels, int first)
    {
        var end = first + 1;
        while (end < panels.Length && panels[end].Place == panels[first].Place)
        {
            end++;
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void WriteVectors<TReader, TLanes, TVector>(float* source, float* target, bool hasReader)
        where TReader : IVectorReader<TVector>
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var (shape, geometry) = (plan.Shape, plan.Geometry);
        var rows = shape.PlaneRows;
        var rowPitch = (nint)plan.Grid.InputColumns * geometry.StrideHeight;
        var vectorPitch = (nint)shape.PanelsPerChunk * TLanes.Count;
        for (var shift = 0; shift < shape.Shifts; shift++)
        {
            var columnMask = columnMasks + (shift * TLanes.Count);
            var rowMask = rowMasks;
            foreach (var phase in shape.Phases)
            {
                var from = source + (shift * geometry.DilationWidth) + ((nint)phase * plan.Grid.InputColumns);
                if (hasReader && from >= input && from + ((rows - 1) * rowPitch) <= inputEnd - span)
                {
                    WriteRows<TReader, TLanes, TVector>(from, rowPitch, pieces, columnMask, rowMask, target, vectorPitch, rows);
                }
                else
                {
                    for (var row = 0; row < rows; row++)
                    {
                        WriteNearEnd<TReader, TLanes, TVector>(
                            from + (row * rowPitch), columnMask, rowMask + (row * TLanes.Count), target + (row * vectorPitch), hasReader);
                    }
                }

                rowMask += rows * TLanes.Count;
                target += rows * vectorPitch;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // on its own, so that the loop has the registers it needs
    private static void WriteRows<TReader, TLanes, TVector>(
        float* source, nint rowPitch, nint* pieces, int* columnMask, int* rowMask, float* target, nint vectorPitch, int rows)
        where TReader : IVectorReader<TVector>
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var columns = TLanes.Load((float*)columnMask);
        for (; rows > 0; rows--, source += rowPitch, target += vectorPitch, rowMask += TLanes.Count)
        {
            TLanes.Store(TLanes.And(TLanes.And(TReader.Read(source, pieces), columns), TLanes.Load((float*)rowMask)), target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void WriteNearEnd<TReader, TLanes, TVector>(float* source, int* columnMask, int* rowMask, float* target, bool hasReader)
        where TReader : IVectorReader<TVector>
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        if (hasReader && source >= input && source <= inputEnd - span)
        {
            var mask = TLanes.And(TLanes.Load((float*)columnMask), TLanes.Load((float*)rowMask));
            TLanes.Store(TLanes.And(TReader.Read(source, pieces), mask), target);
            return;
        }

        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            target[lane] = (rowMask[lane] & columnMask[lane]) != 0 ? source[lanes[lane]] : 0f;
        }
    }

    /// <summary>Sets the masks of a panel, and where its first vector reads in a channel.</summary>
    private void SetMasks(in Panel panel)
    {
        var (shape, geometry, grid) = (plan.Shape, plan.Geometry, plan.Grid);
        var layout = shape.Layout;
        var firstRow = (panel.FirstRow * geometry.StrideHeight) - geometry.PadTop;
        var firstColumn = (panel.FirstColumn * geometry.StrideWidth) - geometry.PadLeft;
        origin = ((nint)firstRow * grid.InputColumns) + firstColumn;
        SetPieces(panel);
        for (var piece = 0; piece < layout.Images * layout.RowGroups; piece++)
        {
            var (image, group) = Math.DivRem(piece, layout.RowGroups);
            SetColumnMasks(piece * layout.Columns, firstColumn);
            SetRowMasks(piece * layout.Columns, firstRow + (group * shape.RowsPerGroup * geometry.StrideHeight), firstColumn, image < panel.Images);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SetColumnMasks(int firstLane, int firstColumn)
    {
        var (shape, layout) = (plan.Shape, plan.Shape.Layout);
        for (var shift = 0; shift < shape.Shifts; shift++)
        {
            var masks = columnMasks + (shift * layout.Lanes) + firstLane;
            for (var i = 0; i < layout.Columns; i++)
            {
                var column = firstColumn + (i * shape.ColumnStride) + (shift * plan.Geometry.DilationWidth);
                masks[i] = Mask(column >= 0 && column < plan.Grid.InputColumns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SetRowMasks(int firstLane, int firstRow, int firstColumn, bool isImage)
    {
        var (shape, grid) = (plan.Shape, plan.Grid);
        var masks = rowMasks + firstLane;
        foreach (var phase in shape.Phases)
        {
            for (var i = 0; i < shape.PlaneRows; i++, masks += shape.Layout.Lanes)
            {
                var row = firstRow + phase + (i * plan.Geometry.StrideHeight);
                var columns = isImage && row >= 0 ? Math.Max(0, grid.ColumnsOfInputRow(row)) : 0;
                new Span<int>(masks, shape.Layout.Columns).Fill(Mask(columns > 0));
                for (var lane = Math.Max(0, columns - firstColumn); columns > 0 && columns < grid.InputColumns && lane < shape.Layout.Columns; lane++)
                {
                    masks[lane] = 0; // a row is short only where there is one shift, of neighbouring columns
                }
            }
        }
    }

    /// <summary>Missing images are read from the first one; their lanes are masked.</summary>
    private void SetPieces(in Panel panel)
    {
        var shape = plan.Shape;
        var count = shape.Layout.Images * shape.Layout.RowGroups;
        span = 0;
        for (var piece = 0; piece < count; piece++)
        {
            pieces[piece] = OffsetOfPiece(piece, panel.Images);
            span = Math.Max(span, pieces[piece]);
        }

        span += 2L * shape.Layout.Lanes; // more than a piece takes, even with every second column left out
    }

    private readonly nint OffsetOfPiece(int piece, int images)
    {
        var (shape, grid, geometry) = (plan.Shape, plan.Grid, plan.Geometry);
        var (image, group) = Math.DivRem(piece, shape.Layout.RowGroups);
        return (nint)(((image < images ? image : 0) * (long)geometry.Channels * grid.InputFloats)
            + ((long)group * shape.RowsPerGroup * geometry.StrideHeight * grid.InputColumns));
    }

    private static int Mask(bool isInside) => isInside ? -1 : 0;
}
