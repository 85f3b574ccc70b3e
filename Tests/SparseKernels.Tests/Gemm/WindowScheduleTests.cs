namespace SparseHybrid.Kernels.Tests;

public sealed class WindowScheduleTests
{
    [Theory]
    [InlineData(40, 100, 0.0, 16, 32, 16)]
    [InlineData(16, 300, 0.9, 16, 32, 16)]
    [InlineData(70, 1000, 0.99, 16, 32, 16)]
    [InlineData(5, 33, 0.5, 16, 32, 16)]
    [InlineData(40, 100, 0.8, 8, 8, 1)]
    public void Every_value_meets_its_input_once_in_the_lane_of_its_row(
        int rows, int columns, double zeros, int lanes, int width, int alignment)
    {
        var matrix = RandomMatrix.Sparse(new Random(rows), rows, columns, zeros);
        var order = WindowSchedule.Order(matrix, lanes);
        var schedule = new WindowSchedule(matrix, order, lanes, width, alignment);
        var met = new float[rows * columns];

        for (var group = 0; group < schedule.GroupStarts.Length - 1; group++)
        {
            for (var slot = lanes * schedule.GroupStarts[group]; slot < lanes * schedule.GroupStarts[group + 1]; slot++)
            {
                Assert.InRange(schedule.Places[slot], 0, width - 1);
                if (schedule.Values[slot] != 0f)
                {
                    var row = order[(group * lanes) + (slot % lanes)];
                    met[(row * columns) + schedule.Windows[slot / lanes] + schedule.Places[slot]] += schedule.Values[slot];
                }
            }
        }

        Assert.Equal(RandomMatrix.ToDense(matrix), met);
        Assert.All(schedule.Windows, window => Assert.True(window % alignment == 0 && window < columns));
    }

    [Fact]
    public void Rows_of_like_length_stay_as_they_come_and_others_are_sorted()
    {
        var alike = RandomMatrix.Sparse(new Random(1), 64, 200, 0.5);
        var dense = Enumerable.Range(0, 64 * 200).Select(i => i / 200 % 16 == 0 ? 1f : 0f).ToArray();

        Assert.Equal(Enumerable.Range(0, 64), WindowSchedule.Order(alike, 16));
        Assert.Equal([0, 16, 32, 48], WindowSchedule.Order(SparseMatrix.FromDense(dense, 64, 200), 16)[..4]);
    }
}
