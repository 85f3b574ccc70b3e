using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Multiplies an arranged chunk with the weights of some channels of the output.</summary>
internal unsafe ref struct ChunkProduct<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : unmanaged
{
    private readonly SparseMatrix weights;
    private readonly float[]? bias;
    private readonly bool relu;
    private readonly ConvolutionPlan plan;
    private readonly ReadOnlySpan<Panel> panels;
    private readonly float* input;
    private readonly float* held;
    private readonly float* output;
    private readonly int vectors;
    private readonly bool isDirect;

    /// <param name="weights">The weights.</param>
    /// <param name="bias">What each channel of the output starts from, or 0.</param>
    /// <param name="relu">Negative results become 0.</param>
    /// <param name="plan">Sizes.</param>
    /// <param name="panels">The chunk's panels.</param>
    /// <param name="input">The arranged chunk.</param>
    /// <param name="held">Room for 16 vectors.</param>
    /// <param name="output">The output.</param>
    public ChunkProduct(
        SparseMatrix weights, float[]? bias, bool relu, ConvolutionPlan plan, ReadOnlySpan<Panel> panels, float* input, float* held, float* output)
    {
        (this.weights, this.bias, this.relu, this.plan) = (weights, bias, relu, plan);
        this.panels = panels;
        this.input = input;
        this.held = held;
        this.output = output;
        var rows = 0;
        foreach (var panel in panels)
        {
            rows = Math.Max(rows, panel.Rows);
        }

        var (shape, grid) = (plan.Shape, plan.Grid);
        vectors = rows * shape.PanelsPerChunk;
        isDirect = shape.PanelsPerChunk == 1 && shape.Layout.Columns == TLanes.Count && shape.Layout.Interleave == 1
            && panels[0].FirstColumn + TLanes.Count <= grid.ColumnsOfOutputRow(panels[0].FirstRow + rows - 1);
    }

    /// <summary>Computes the channels of the output from one to before another.</summary>
    public void Run(int firstChannel, int endChannel)
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

    private readonly void Run<TLength>(int firstChannel, int endChannel)
        where TLength : IFixedCount
    {
        var interleave = plan.Shape.Layout.Interleave;
        var runs = (vectors + TLength.Value - 1) / TLength.Value * interleave;
        fixed (int* offsets = plan.Offsets)
        fixed (float* values = weights.Values)
        {
            for (var channel = firstChannel; channel < endChannel; channel++)
            {
                var (start, end) = (weights.RowStarts[channel], weights.RowStarts[channel + 1]);
                var row = new WeightRow(offsets + start, values + start, end - start, bias is null ? 0f : bias[channel], relu);
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
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Block<TRuns, TLength>(int channel, int run, in WeightRow row)
        where TRuns : IFixedCount
        where TLength : IFixedCount
    {
        var first = InputOf<TLength>(run);
        var block = new RegisterBlock
        {
            Input = input + first,
            Second = TRuns.Value > 1 ? InputOf<TLength>(run + 1) - first : 0,
            Third = TRuns.Value > 2 ? InputOf<TLength>(run + 2) - first : 0,
            Fourth = TRuns.Value > 2 ? InputOf<TLength>(run + 3) - first : 0,
        };
        if (isDirect)
        {
            var columns = plan.Grid.OutputColumns;
            var map = output + (((((long)panels[0].FirstImage * weights.Rows) + channel) * plan.Grid.OutputFloats)
                + ((long)panels[0].FirstRow * columns) + panels[0].FirstColumn);
            block.Target0 = map + ((nint)FirstVector<TLength>(run) * columns);
            block.Target1 = TRuns.Value > 1 ? map + ((nint)FirstVector<TLength>(run + 1) * columns) : null;
            block.Target2 = TRuns.Value > 2 ? map + ((nint)FirstVector<TLength>(run + 2) * columns) : null;
            block.Target3 = TRuns.Value > 2 ? map + ((nint)FirstVector<TLength>(run + 3) * columns) : null;
            block.TargetPitch = columns;
            block.Multiply<TLanes, TVector, TRuns, TLength>(row);
        }
        else
        {
            block.Target0 = held;
            block.Target1 = held + (TLength.Value * TLanes.Count);
            block.Target2 = held + (2 * TLength.Value * TLanes.Count);
            block.Target3 = held + (3 * TLength.Value * TLanes.Count);
            block.TargetPitch = TLanes.Count;
            block.Multiply<TLanes, TVector, TRuns, TLength>(row);
            Scatter<TRuns, TLength>(channel, run);
        }
    }

    private readonly void Scatter<TRuns, TLength>(int channel, int run)
        where TRuns : IFixedCount
        where TLength : IFixedCount
    {
        var shape = plan.Shape;
        var y = output + ((long)channel * plan.Grid.OutputFloats);
        var imageFloats = (long)weights.Rows * plan.Grid.OutputFloats;
        var (runFloats, interleave) = (TLength.Value * TLanes.Count, shape.Layout.Interleave);
        for (var i = 0; i < TRuns.Value; i += interleave)
        {
            var (row, panel) = Math.DivRem(FirstVector<TLength>(run + i), shape.PanelsPerChunk);
            var even = held + (i * runFloats);
            for (var vector = 0; vector < TLength.Value; vector++, even += TLanes.Count)
            {
                if (panel < panels.Length)
                {
                    ChunkOutput.Scatter<TLanes, TVector>(plan, panels[panel], row, even, even + runFloats, y, imageFloats);
                }

                if (++panel == shape.PanelsPerChunk)
                {
                    (row, panel) = (row + 1, 0);
                }
            }
        }
    }

    /// <summary>The first vector of a run; the last run starts early enough to end with the last vector.</summary>
    private readonly int FirstVector<TLength>(int run)
        where TLength : IFixedCount
    {
        var index = plan.Shape.Layout.Interleave == 2 ? run >> 1 : run;
        return Math.Min(index * TLength.Value, vectors - TLength.Value);
    }

    private readonly nint InputOf<TLength>(int run)
        where TLength : IFixedCount
    {
        var shift = plan.Shape.Layout.Interleave == 2 ? run & 1 : 0;
        return ((nint)FirstVector<TLength>(run) * TLanes.Count) + (shift * (nint)plan.Shape.ShiftFloats);
    }
}
