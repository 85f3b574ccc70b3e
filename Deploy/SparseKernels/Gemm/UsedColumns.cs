using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels;

/// <summary>
/// The columns of a matrix that have values at all, in fours that lie side by side: trained layers often ignore many of their inputs,
/// and those need not be moved about. Kernels see the fours that are left, one after the other.
/// </summary>
internal sealed class UsedColumns
{
    private readonly int[] fours;
    private readonly int[] places;

    /// <summary>Finds the columns in use.</summary>
    public UsedColumns(SparseMatrix matrix)
    {
        var used = new bool[(matrix.Columns + 3) / 4];
        foreach (var column in matrix.ColumnIndices)
        {
            used[column / 4] = true;
        }

        places = new int[used.Length];
        fours = [.. Enumerable.Range(0, used.Length).Where(four => used[four])];
        for (var i = 0; i < fours.Length; i++)
        {
            places[fours[i]] = i;
        }

        Columns = matrix.Columns;
    }

    /// <summary>Columns of the matrix, used or not.</summary>
    public int Columns { get; }

    /// <summary>The fours in use, ascending: columns 4 i to 4 i + 3, of which the last may lie behind the matrix.</summary>
    public ReadOnlySpan<int> Fours => fours;

    /// <summary>Fours in use that lie wholly within the matrix: all, or all but the last.</summary>
    public int WholeFours => fours.Length > 0 && (4 * fours[^1]) + 4 > Columns ? fours.Length - 1 : fours.Length;

    /// <summary>Columns that are left, a multiple of 4.</summary>
    public int Count => 4 * fours.Length;

    /// <summary>Where a column that is in use has gone.</summary>
    public int PlaceOf(int column) => (4 * places[column / 4]) + (column % 4);

    /// <summary>Copies the columns in use of one row.</summary>
    /// <param name="row">A row of <see cref="Columns"/> numbers.</param>
    /// <param name="target">Room for <see cref="Count"/>.</param>
    public unsafe void Copy(float* row, float* target)
    {
        if (Count == Columns)
        {
            new ReadOnlySpan<float>(row, Columns).CopyTo(new Span<float>(target, Columns));
            return;
        }

        for (var i = 0; i < WholeFours; i++)
        {
            Vector128.Store(Vector128.Load(row + (4 * fours[i])), target + (4 * i));
        }

        for (var i = 4 * WholeFours; i < Count; i++)
        {
            var column = (4 * fours[^1]) + (i % 4);
            target[i] = column < Columns ? row[column] : 0f;
        }
    }
}
