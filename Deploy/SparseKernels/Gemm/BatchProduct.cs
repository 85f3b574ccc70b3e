using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>
/// Many samples times sparse rows. A tile of samples is transposed, so that the inputs which one weight multiplies lie side by side, and each
/// weight is read once for all of them; the sums stay in registers until their row is done.
/// </summary>
internal sealed unsafe class BatchProduct : IDisposable
{
    private const int RowsAtOnce = 64; // samples a power of two apart share a set of the cache: several lines of each at once

    private readonly UsedColumns used;
    private readonly NativeArray<int> starts;
    private readonly NativeArray<int> columns;
    private readonly NativeArray<float> values;
    private readonly NativeArray<float> bias;
    private readonly bool relu;

    /// <summary>Copies what it needs of a matrix whose columns are those in use.</summary>
    public BatchProduct(SparseMatrix matrix, UsedColumns used, ReadOnlySpan<float> bias, bool relu)
    {
        this.used = used;
        starts = new NativeArray<int>(matrix.RowStarts);
        columns = new NativeArray<int>(matrix.ColumnIndices);
        values = new NativeArray<float>(matrix.Values);
        this.bias = new NativeArray<float>(bias);
        this.relu = relu;
    }

    /// <summary>The values before each row, and behind the last all of them.</summary>
    public ReadOnlySpan<int> WorkBefore => starts.Span;

    private int Rows => starts.Length - 1;

    /// <summary>Computes some rows of the outputs of one tile.</summary>
    /// <typeparam name="TLanes">The width of vectors.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TTile">How many vectors of samples.</typeparam>
    /// <param name="x">The first sample of the tile.</param>
    /// <param name="samples">Samples, at least 1 and at most as many as the tile has.</param>
    /// <param name="y">Its outputs.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="endRow">Behind the last.</param>
    public void Run<TLanes, TVector, TTile>(float* x, int samples, float* y, int firstRow, int endRow)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
        where TTile : unmanaged, ITile<TTile>
    {
        var inputs = ThreadScratch.Take((long)(used.Count + RowsAtOnce) * TTile.Samples);
        var outputs = inputs + ((long)used.Count * TTile.Samples);
        TileTransposition<TLanes, TVector>.ToLanes(x, samples, used, inputs, TTile.Samples);
        for (var row = firstRow; row < endRow; row += RowsAtOnce)
        {
            var rows = Math.Min(RowsAtOnce, endRow - row);
            Multiply<TTile>(inputs, outputs, row, row + rows);
            TileTransposition<TLanes, TVector>.FromLanes(outputs, rows, TTile.Samples, samples, y + row, Rows);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        starts.Dispose();
        columns.Dispose();
        values.Dispose();
        bias.Dispose();
    }

    /// <summary>Four sums a row, so that additions do not wait for one another; the same four whatever the tile, so that results are too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply<TTile>(float* inputs, float* outputs, int row, int endRow)
        where TTile : unmanaged, ITile<TTile>
    {
        var column = columns.Pointer;
        var value = values.Pointer;
        for (; row < endRow; row++, outputs += TTile.Samples)
        {
            var (i, end) = ((nint)starts.Pointer[row], (nint)starts.Pointer[row + 1]);
            var (a, b, c, d) = (TTile.Start(bias.Pointer[row]), TTile.Start(0f), TTile.Start(0f), TTile.Start(0f));
            for (; i + 4 <= end; i += 4)
            {
                a = TTile.Add(a, value[i], inputs + ((nint)column[i] * TTile.Samples));
                b = TTile.Add(b, value[i + 1], inputs + ((nint)column[i + 1] * TTile.Samples));
                c = TTile.Add(c, value[i + 2], inputs + ((nint)column[i + 2] * TTile.Samples));
                d = TTile.Add(d, value[i + 3], inputs + ((nint)column[i + 3] * TTile.Samples));
            }

            for (; i < end; i++)
            {
                a = TTile.Add(a, value[i], inputs + ((nint)column[i] * TTile.Samples));
            }

            TTile.Store(TTile.Add(TTile.Add(a, b), TTile.Add(c, d)), relu, outputs);
        }
    }
}
