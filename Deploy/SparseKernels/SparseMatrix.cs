using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>
/// Weights with their zeros left out, in compressed sparse rows: a row an output (feature of a linear layer, channel of a
/// convolution), a column an input (feature, or channel and place in the window, flattened as ONNX lays out weights).
/// </summary>
public sealed class SparseMatrix
{
    /// <summary>Takes over the arrays; nothing is copied.</summary>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    /// <param name="rowStarts">Where each row starts in the other two, rows + 1 numbers from 0 to their length, never descending.</param>
    /// <param name="columnIndices">The column of each value, within a row ascending, 0 to <paramref name="columns"/> - 1.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">The arrays are not such a matrix.</exception>
    public SparseMatrix(int rows, int columns, int[] rowStarts, int[] columnIndices, float[] values)
    {
        ArgumentNullException.ThrowIfNull(rowStarts);
        ArgumentNullException.ThrowIfNull(columnIndices);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Check(rows, columns, rowStarts, columnIndices, values);
        (Rows, Columns, RowStarts, ColumnIndices, Values) = (rows, columns, rowStarts, columnIndices, values);
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Where each row starts, and behind the last one the number of values.</summary>
    public int[] RowStarts { get; }

    /// <summary>The column of each value.</summary>
    public int[] ColumnIndices { get; }

    /// <summary>The values, row by row.</summary>
    public float[] Values { get; }

    /// <summary>The values that are not left out.</summary>
    public int Count => Values.Length;

    /// <summary>Leaves out the zeros of a matrix given row by row; NaN is no zero.</summary>
    /// <exception cref="ArgumentException">The number of values is not rows times columns.</exception>
    public static SparseMatrix FromDense(ReadOnlySpan<float> dense, int rows, int columns)
    {
        if (dense.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} x {columns} are {(long)rows * columns} values; {dense.Length} were given.", nameof(dense));
        }

        var count = CountValues(dense);
        return Fill(dense, rows, columns, new int[rows + 1], new int[count], new float[count]);
    }

    /// <summary>
    /// Apart from what follows: the dump of a crash shows .NET 10.0.12 collecting garbage in this loop, inlined and placed behind the rest of
    /// the method, and following the place of an array that was not made yet.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CountValues(ReadOnlySpan<float> dense) => dense.Length - dense.Count(0f);

    private static SparseMatrix Fill(ReadOnlySpan<float> dense, int rows, int columns, int[] starts, int[] indices, float[] values)
    {
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (dense[(row * columns) + column] is not 0f and var value)
                {
                    (indices[next], values[next++]) = (column, value);
                }
            }

            starts[row + 1] = next;
        }

        return new SparseMatrix(rows, columns, starts, indices, values);
    }

    private static void Check(int rows, int columns, int[] rowStarts, int[] columnIndices, float[] values)
    {
        if (rowStarts.Length != rows + 1L || rowStarts[0] != 0 || rowStarts[^1] != values.Length || columnIndices.Length != values.Length)
        {
            throw new ArgumentException($"{rowStarts.Length} row starts, {columnIndices.Length} columns and {values.Length} values are no matrix of {rows} rows.");
        }

        for (var row = 0; row < rows; row++)
        {
            var (start, end) = (rowStarts[row], rowStarts[row + 1]);
            if (end < start || end > values.Length)
            {
                throw new ArgumentException($"Row {row} reaches from {start} to {end} of {values.Length} values.");
            }

            var last = -1;
            foreach (var column in columnIndices.AsSpan(start, end - start))
            {
                if (column <= last || column >= columns)
                {
                    throw new ArgumentException($"Row {row} has column {column} after {last}; columns ascend and end at {columns - 1}.");
                }

                last = column;
            }
        }
    }
}
