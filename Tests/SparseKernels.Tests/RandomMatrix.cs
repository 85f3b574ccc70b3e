namespace SparseHybrid.Kernels.Tests;

/// <summary>Weights with zeros at random places.</summary>
internal static class RandomMatrix
{
    /// <summary>Standard normal values, row by row; each is zero with the probability <paramref name="zeros"/>.</summary>
    public static float[] Dense(Random random, int count, double zeros)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var normal = Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());
            values[i] = random.NextDouble() < zeros ? 0f : (float)normal;
        }

        return values;
    }

    public static SparseMatrix Sparse(Random random, int rows, int columns, double zeros) =>
        SparseMatrix.FromDense(Dense(random, rows * columns, zeros), rows, columns);

    public static float[] ToDense(SparseMatrix matrix)
    {
        var dense = new float[matrix.Rows * matrix.Columns];
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var i = matrix.RowStarts[row]; i < matrix.RowStarts[row + 1]; i++)
            {
                dense[(row * matrix.Columns) + matrix.ColumnIndices[i]] = matrix.Values[i];
            }
        }

        return dense;
    }
}
