namespace SparseHybrid.Kernels;

/// <summary>
/// Which pixels of the output share a vector. Lanes are dealt to images, then to groups of rows far apart, then to columns, so that a
/// step of one row in every lane is a step from one vector to another: small maps and batches fill wide vectors, and every load is aligned.
/// </summary>
/// <param name="Lanes">Floats in a vector: the product of the next three.</param>
/// <param name="Images">Images side by side.</param>
/// <param name="RowGroups">Groups of rows side by side: with n of them, group i starts at row i/n of the output.</param>
/// <param name="Columns">Columns side by side, <paramref name="Interleave"/> apart.</param>
/// <param name="Interleave">Vectors that make up one stretch of columns, a column each in turn: 1, or 2 for even and odd columns.</param>
internal readonly record struct LaneLayout(int Lanes, int Images, int RowGroups, int Columns, int Interleave)
{
    /// <summary>Columns of the output that one panel covers.</summary>
    public int PanelColumns => Columns * Interleave;

    /// <summary>Every layout that fits a map of so many columns and vectors of at most so many lanes.</summary>
    public static IEnumerable<LaneLayout> Candidates(int maxLanes, int outputColumns, bool mayInterleave)
    {
        for (var lanes = maxLanes; lanes >= Math.Min(4, maxLanes); lanes /= 2)
        {
            for (var columns = lanes; columns >= 1; columns /= 2)
            {
                if (columns >= 2 * outputColumns || 2 * columns <= Math.Min(lanes, outputColumns))
                {
                    continue; // half the columns, or twice as many, do better
                }

                for (var images = 1; images * columns <= lanes; images *= 2)
                {
                    yield return new LaneLayout(lanes, images, lanes / columns / images, columns, 1);
                }

                if (mayInterleave && columns == lanes && outputColumns > columns)
                {
                    yield return new LaneLayout(lanes, 1, 1, columns, 2);
                }
            }
        }
    }
}
