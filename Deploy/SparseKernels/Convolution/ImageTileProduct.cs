using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>Multiplies an arranged tile with the weights of some channels of the output, and pools the results.</summary>
/// <typeparam name="TLanes">Operations on the vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <param name="weights">The weights.</param>
/// <param name="bias">What each channel of the output starts from, or 0.</param>
/// <param name="relu">Negative results become 0.</param>
/// <param name="plan">Sizes.</param>
/// <param name="input">The arranged tile.</param>
/// <param name="strip">Room for a strip of one channel.</param>
/// <param name="output">Room for the channels, as vectors.</param>
internal readonly unsafe ref struct ImageTileProduct<TLanes, TVector>(
    SparseMatrix weights, float[]? bias, bool relu, ConvolutionPlan plan, float* input, float* strip, float* output)
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly SparseMatrix weights = weights;
    private readonly float[]? bias = bias;
    private readonly bool relu = relu;
    private readonly ConvolutionPlan plan = plan;
    private readonly ImageTiles tiles = plan.Tiles!;
    private readonly float* input = input;
    private readonly float* strip = strip;
    private readonly float* output = output;

    /// <summary>Computes the channels of the output from one to before another.</summary>
    /// <param name="firstChannel">The first.</param>
    /// <param name="endChannel">Behind the last.</param>
    /// <param name="image">The image in the first lane.</param>
    /// <param name="known">Images of the tile that another one has computed.</param>
    /// <param name="y">The output.</param>
    public void Run(int firstChannel, int endChannel, int image, int known, float* y)
    {
        switch (tiles.RunLength)
        {
            case 4: Run<Four>(firstChannel, endChannel); break;
            case 2: Run<Two>(firstChannel, endChannel); break;
            default: Run<One>(firstChannel, endChannel); break;
        }

        var pixels = tiles.PooledRows * tiles.PooledColumns;
        var target = y + (((((long)image + known) * weights.Rows) + firstChannel) * pixels);
        TileTransposition<TLanes, TVector>.FromLanes(
            output + known, (endChannel - firstChannel) * pixels, TLanes.Count, TLanes.Count - known, target, (nint)weights.Rows * pixels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<TLength>(int firstChannel, int endChannel)
        where TLength : IFixedCount
    {
        var geometry = plan.Geometry;
        var pooledRows = tiles.PooledRows * geometry.PoolHeight; // no pool needs the others
        fixed (int* offsets = plan.Offsets)
        fixed (float* values = weights.Values)
        {
            for (var firstRow = 0; firstRow < pooledRows; firstRow += tiles.StripRows)
            {
                var rows = Math.Min(tiles.StripRows, pooledRows - firstRow);
                var source = input + ((nint)firstRow * geometry.StrideHeight * tiles.VectorsOfRow * TLanes.Count);
                var target = output + ((nint)(firstRow / geometry.PoolHeight) * tiles.PooledColumns * TLanes.Count);
                for (var channel = firstChannel; channel < endChannel; channel++, target += tiles.PooledFloats)
                {
                    var (start, end) = (weights.RowStarts[channel], weights.RowStarts[channel + 1]);
                    var row = new WeightRow(offsets + start, values + start, end - start, bias is null ? 0f : bias[channel], relu);
                    Strip<TLength>(row, rows, source, geometry.HasPools ? strip : target);
                    if (geometry.HasPools)
                    {
                        Pool(rows / geometry.PoolHeight, target);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Strip<TLength>(in WeightRow row, int rows, float* source, float* target)
        where TLength : IFixedCount
    {
        var runs = rows * tiles.RunsOfRow;
        var run = 0;
        for (; run + 4 <= runs; run += 4)
        {
            Block<Four, TLength>(row, run, source, target);
        }

        if (run + 2 <= runs)
        {
            Block<Two, TLength>(row, run, source, target);
            run += 2;
        }

        if (run < runs)
        {
            Block<One, TLength>(row, run, source, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Block<TRuns, TLength>(in WeightRow row, int run, float* source, float* target)
        where TRuns : IFixedCount
        where TLength : IFixedCount
    {
        var (from, to) = PlaceOf<TLength>(run);
        var block = new RegisterBlock { Input = source + from, Target0 = target + to, TargetPitch = TLanes.Count };
        if (TRuns.Value > 1)
        {
            var (second, toSecond) = PlaceOf<TLength>(run + 1);
            block.Second = second - from;
            block.Target1 = target + toSecond;
        }

        if (TRuns.Value > 2)
        {
            var (third, toThird) = PlaceOf<TLength>(run + 2);
            var (fourth, toFourth) = PlaceOf<TLength>(run + 3);
            (block.Third, block.Fourth) = (third - from, fourth - from);
            block.Target2 = target + toThird;
            block.Target3 = target + toFourth;
        }

        block.Multiply<TLanes, TVector, TRuns, TLength>(row);
    }

    /// <summary>Where a run of a strip reads and writes, in floats; the last run of a row starts early enough to end with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (nint From, nint To) PlaceOf<TLength>(int run)
        where TLength : IFixedCount
    {
        var (row, inRow) = Math.DivRem(run, tiles.RunsOfRow);
        var column = Math.Min(inRow * TLength.Value, tiles.OutputColumns - TLength.Value);
        return ((((nint)row * plan.Geometry.StrideHeight * tiles.VectorsOfRow) + column) * TLanes.Count, (((nint)row * tiles.OutputColumns) + column) * TLanes.Count);
    }

    /// <summary>The greatest vector of every pool of the strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool(int pools, float* target)
    {
        var (height, width) = (plan.Geometry.PoolHeight, (nint)plan.Geometry.PoolWidth * TLanes.Count);
        var pitch = (nint)tiles.OutputColumns * TLanes.Count;
        for (var pool = 0; pool < pools; pool++)
        {
            var source = strip + (pool * height * pitch);
            for (var column = 0; column < tiles.PooledColumns; column++, source += width, target += TLanes.Count)
            {
                var greatest = TLanes.Load(source);
                for (var row = source; row < source + (height * pitch); row += pitch)
                {
                    for (nint i = 0; i < width; i += TLanes.Count)
                    {
                        greatest = TLanes.Max(greatest, TLanes.Load(row + i));
                    }
                }

                TLanes.Store(greatest, target);
            }
        }
    }
}
