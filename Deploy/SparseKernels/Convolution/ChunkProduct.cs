using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Multiplies an arranged chunk with the weights of some channels of the output.</summary>
/// <typeparam name="TLanes">Operations on the vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal unsafe ref struct ChunkProduct<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : unmanaged
{
    private readonly SparseMatrix weights;
    private readonly float[]? bias;
    private readonly bool relu;
    private readonly ConvolutionPlan plan;
    private readonly OutputPiece* pieces; // of all panels
    private readonly int piecesOfPanel;
    private readonly int panels;
    private readonly float* input;
    private readonly float* held;
    private readonly float* map;
    private readonly float* addend;
    private readonly float* output;
    private readonly int interleave;
    private readonly int vectors; // of a shift: by row, then by panel
    private readonly nint directPitch; // floats from one vector to the next in the output, or 0 where vectors do not lie in it as they are

    /// <param name="weights">The weights.</param>
    /// <param name="bias">What each channel of the output starts from, or 0.</param>
    /// <param name="relu">Negative results become 0.</param>
    /// <param name="plan">Sizes.</param>
    /// <param name="panels">The chunk's panels.</param>
    /// <param name="pieces">Room for the pieces of every panel.</param>
    /// <param name="input">The arranged chunk.</param>
    /// <param name="held">Room for 16 vectors.</param>
    /// <param name="map">Room for the rows of one channel that are to be pooled.</param>
    /// <param name="addend">What is added to the output; null: nothing.</param>
    /// <param name="output">The output.</param>
    public ChunkProduct(
        SparseMatrix weights, float[]? bias, bool relu, ConvolutionPlan plan, ReadOnlySpan<Panel> panels, OutputPiece* pieces, float* input, float* held, float* map,
        float* addend, float* output)
    {
        (this.weights, this.bias, this.relu, this.plan) = (weights, bias, relu, plan);
        this.input = input;
        this.held = held;
        this.map = map;
        this.addend = addend;
        this.output = output;
        this.pieces = pieces;
        var layout = plan.Shape.Layout;
        (this.panels, piecesOfPanel, interleave) = (panels.Length, layout.Images * layout.RowGroups, layout.Interleave);
        var rows = 0;
        for (var i = 0; i < panels.Length; i++)
        {
            rows = Math.Max(rows, panels[i].Rows);
            for (var piece = 0; piece < piecesOfPanel; piece++)
            {
                *pieces++ = OutputPiece.Of(plan, weights.Rows, panels[i], i, piece);
            }
        }

        vectors = rows == 0 ? 0 : ((rows - 1) * plan.Shape.PanelsPerChunk) + panels.Length;
        directPitch = DirectPitch(rows);
    }

    /// <summary>Computes the channels of the output from one to before another.</summary>
    public readonly void Run(int firstChannel, int endChannel)
    {
        if (vectors >= 4)
        {
            Run<Four>(firstChannel, endChannel);
        }
        else if (vectors >= 2)
        {
            Run<Two>(firstChannel, endChannel);
        }
        else
        {
            Run<One>(firstChannel, endChannel);
        }
    }

    /// <summary>Rows of whole vectors, or whole maps of one vector each, need no copy.</summary>
    private readonly nint DirectPitch(int rows)
    {
        var (shape, grid) = (plan.Shape, plan.Grid);
        var width = TLanes.Count * interleave;
        if (shape.PanelsPerChunk == 1 && piecesOfPanel == 1)
        {
            return pieces->Rows == rows && pieces->Columns == width && pieces->ColumnsOfLastRow == width ? grid.OutputColumns : 0;
        }

        var isMap = !plan.Geometry.HasPools && grid.OutputFloats == TLanes.Count && shape.RowsPerGroup == 1 && shape.Layout.Images == 1;
        return isMap ? (nint)weights.Rows * grid.OutputFloats : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Run<TLength>(int firstChannel, int endChannel)
        where TLength : IFixedCount
    {
        var runs = (vectors + TLength.Value - 1) / TLength.Value * interleave;
        fixed (int* offsets = plan.Offsets)
        fixed (float* values = weights.Values)
        {
            for (var channel = firstChannel; channel < endChannel; channel++)
            {
                var (start, end) = (weights.RowStarts[channel], weights.RowStarts[channel + 1]);
                var row = new WeightRow(offsets + start, values + start, end - start, bias is null ? 0f : bias[channel], relu && (addend is null || directPitch != 0));
                if (addend is not null)
                {
                    FetchAddend(channel + 2);
                }

                var run = 0;
                for (; run + 4 <= runs; run += 4)
                {
                    Block<Four, TLength>(channel, run, row);
                }

                if (run + 2 <= runs)
                {
                    Block<Two, TLength>(channel, run, row);
                    run += 2;
                }

                if (run < runs)
                {
                    Block<One, TLength>(channel, run, row);
                }

                if (plan.Geometry.HasPools)
                {
                    Pool(channel);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Block<TRuns, TLength>(int channel, int run, in WeightRow row)
        where TRuns : IFixedCount
        where TLength : IFixedCount
    {
        var y = plan.Geometry.HasPools ? map : output + ((long)channel * plan.Grid.OutputFloats);
        var pitch = (nint)TLanes.Count * interleave;
        var runPitch = TLength.Value * pitch;
        var isDirect = directPitch != 0;
        var first = FirstVector<TLength>(run);
        var block = new RegisterBlock { Input = input + InputOf(first, run), IsInterleaved = interleave == 2 };
        block.TargetPitch = isDirect ? directPitch : pitch;
        block.Addend = isDirect && addend is not null ? (nint)(addend - output) : 0;
        block.Target0 = isDirect ? y + pieces->Offset + (first * directPitch) : held;
        if (TRuns.Value > 1)
        {
            var second = FirstVector<TLength>(run + 1);
            block.Second = (nint)(input + InputOf(second, run + 1) - block.Input);
            block.Target1 = isDirect ? y + pieces->Offset + (second * directPitch) : held + runPitch;
        }

        if (TRuns.Value > 2)
        {
            var (third, fourth) = (FirstVector<TLength>(run + 2), FirstVector<TLength>(run + 3));
            block.Third = (nint)(input + InputOf(third, run + 2) - block.Input);
            block.Fourth = (nint)(input + InputOf(fourth, run + 3) - block.Input);
            block.Target2 = isDirect ? y + pieces->Offset + (third * directPitch) : held + (interleave == 2 ? runPitch : 2 * runPitch);
            block.Target3 = isDirect ? y + pieces->Offset + (fourth * directPitch) : held + (3 * runPitch);
        }

        block.Multiply<TLanes, TVector, TRuns, TLength>(row);
        if (!isDirect)
        {
            for (var i = 0; i < TRuns.Value; i += interleave)
            {
                Scatter(FirstVector<TLength>(run + i), TLength.Value, held + (i / interleave * runPitch), y);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Scatter(int first, int count, float* source, float* y)
    {
        var panelsPerChunk = plan.Shape.PanelsPerChunk;
        var (row, panel) = panelsPerChunk == 1 ? (first, 0) : Math.DivRem(first, panelsPerChunk);
        var (columns, pitch) = (plan.Shape.Layout.Columns, (nint)plan.Grid.OutputColumns);
        for (var i = 0; i < count; i++, source += TLanes.Count * interleave)
        {
            var pieceCount = panel < panels ? piecesOfPanel : 0;
            var piece = pieces + (panel * piecesOfPanel);
            for (var at = 0; at < pieceCount; at++)
            {
                if (addend is null)
                {
                    piece[at].Write(source + (at * columns), row, y, pitch);
                }
                else
                {
                    piece[at].WriteSum<TLanes, TVector>(source + (at * columns), row, y, addend - output, pitch, relu);
                }
            }

            if (++panel == panelsPerChunk)
            {
                (row, panel) = (row + 1, 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pool(int channel)
    {
        var (grid, geometry) = (plan.Grid, plan.Geometry);
        var y = output + ((long)channel * (grid.OutputRows / geometry.PoolHeight) * (grid.OutputColumns / geometry.PoolWidth));
        for (var panel = 0; panel < panels; panel += plan.Shape.Segments)
        {
            var first = pieces + (panel * piecesOfPanel); // in the first segment, where rows start
            for (var i = 0; i < piecesOfPanel; i++)
            {
                var pools = first[i].Rows / geometry.PoolHeight;
                MapPooling.Run(geometry, map + first[i].Offset, grid.OutputColumns, pools, y + first[i].PooledOffset, TLanes.Count);
            }
        }
    }

    /// <summary>Asks for what is added to a channel: channels lie too far apart for the processor to see what comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FetchAddend(int channel)
    {
        var pitch = plan.Grid.OutputColumns;
        var map = addend + ((long)channel * plan.Grid.OutputFloats);
        for (var i = 0; i < panels * piecesOfPanel; i++)
        {
            for (var row = 0; row < pieces[i].Rows; row++)
            {
                Addend<TLanes, TVector>.Fetch(map + pieces[i].Offset + (row * pitch), pieces[i].Columns);
            }
        }
    }

    /// <summary>The first vector of a run; the last run starts early enough to end with the last vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int FirstVector<TLength>(int run)
        where TLength : IFixedCount => Math.Min((interleave == 2 ? run >> 1 : run) * TLength.Value, vectors - TLength.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly nint InputOf(int vector, int run) =>
        ((nint)vector * TLanes.Count) + (interleave == 2 ? (run & 1) * (nint)plan.Shape.ShiftFloats : 0);
}
