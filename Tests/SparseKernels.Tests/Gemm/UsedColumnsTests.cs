namespace SparseHybrid.Kernels.Tests;

public sealed unsafe class UsedColumnsTests
{
    [Fact]
    public void Fours_without_a_value_are_left_out_and_the_last_one_is_filled_up()
    {
        var used = new UsedColumns(new SparseMatrix(2, 14, [0, 2, 3], [1, 9, 13], [1f, 1f, 1f]));
        float[] row = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
        var copy = new float[used.Count];
        fixed (float* source = row, target = copy)
        {
            used.Copy(source, target);
        }

        Assert.Equal([0f, 1, 2, 3, 8, 9, 10, 11, 12, 13, 0, 0], copy);
        Assert.Equal([0, 2, 3], used.Fours.ToArray());
        Assert.Equal(2, used.WholeFours);
        Assert.Equal([1, 5, 9], new[] { 1, 9, 13 }.Select(used.PlaceOf));
    }

    [Fact]
    public void A_matrix_without_values_uses_nothing()
    {
        var used = new UsedColumns(SparseMatrix.FromDense(new float[30], 3, 10));

        Assert.Equal((0, 0), (used.Count, used.WholeFours));
    }
}
