namespace SparseHybrid.Kernels.Tests;

public sealed class SparseMatrixTests
{
    [Fact]
    public void Zeros_are_left_out_whatever_their_sign()
    {
        var matrix = SparseMatrix.FromDense([0f, 2f, -0f, 0f, 0f, 0f, 3f, 0f, float.NaN], 3, 3);

        Assert.Equal([0, 1, 1, 3], matrix.RowStarts);
        Assert.Equal([1, 0, 2], matrix.ColumnIndices);
        Assert.Equal([2f, 3f, float.NaN], matrix.Values);
    }

    [Fact]
    public void The_number_of_values_has_to_fit() =>
        Assert.Contains("2 x 2 are 4 values; 3 were given", Assert.Throws<ArgumentException>(() => SparseMatrix.FromDense([1f, 2f, 3f], 2, 2)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { 0, 1 }, new[] { 2 }, 1)] // beyond the last column
    [InlineData(new[] { 0, 1 }, new[] { -1 }, 1)]
    [InlineData(new[] { 0, 2 }, new[] { 1, 1 }, 2)] // twice
    [InlineData(new[] { 0, 2 }, new[] { 1, 0 }, 2)] // descending
    [InlineData(new[] { 0, 2 }, new[] { 0 }, 1)] // a row behind the end
    [InlineData(new[] { 1, 1 }, new[] { 0 }, 1)] // a start that is not 0
    [InlineData(new[] { 0 }, new[] { 0 }, 1)] // a row missing
    [InlineData(new[] { 0, 1 }, new[] { 0 }, 2)] // a value without a column
    public void What_is_no_matrix_is_refused(int[] starts, int[] columns, int values) =>
        Assert.Throws<ArgumentException>(() => new SparseMatrix(1, 2, starts, columns, new float[values]));
}
