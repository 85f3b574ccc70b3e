namespace SparseHybrid.Kernels.Tests;

public sealed class WindowScheduleTests
{
    [Theory]
    [InlineData(40, 100, 0.0)]
    [InlineData(16, 300, 0.9)]
    [InlineData(70, 1000, 0.99)]
    [InlineData(5, 33, 0.5)]
    public void Every_value_meets_its_input_once_in_the_lane_of_its_row(int rows, int columns, double zeros)
    {
        var matrix = RandomMatrix.Sparse(new Random(rows), rows, columns, zeros);
        var order = WindowSchedule.Order(matrix);
        var schedule = new WindowSchedule(matrix, order);
        var met = new float[rows * columns];

        for (var group = 0; group < schedule.GroupStarts.Length - 1; group++)
        {
            for (var slot = WindowSchedule.Lanes * schedule.GroupStarts[group]; slot < WindowSchedule.Lanes * schedule.GroupStarts[group + 1]; slot++)
            {
                Assert.InRange(schedule.Places[slot], 0, WindowSchedule.Window - 1);
                if (schedule.Values[slot] != 0f)
                {
                    var row = order[(group * WindowSchedule.Lanes) + (slot % WindowSchedule.Lanes)];
                    met[(row * columns) + schedule.Windows[slot / WindowSchedule.Lanes] + schedule.Places[slot]] += schedule.Values[slot];
                }
            }
        }

        Assert.Equal(RandomMatrix.ToDense(matrix), met);
        Assert.All(schedule.Windows, window => Assert.True(window % WindowSchedule.Lanes == 0 && window < columns));
    }

    [Fact]
    public void Rows_of_like_length_stay_as_they_come_and_others_are_sorted()
    {
        var alike = RandomMatrix.Sparse(new Random(1), 64, 200, 0.5);
        var dense = Enumerable.Range(0, 64 * 200).Select(i => i / 200 % 16 == 0 ? 1f : 0f).ToArray();

        Assert.Equal(Enumerable.Range(0, 64), WindowSchedule.Order(alike));
        Assert.Equal([0, 16, 32, 48], WindowSchedule.Order(SparseMatrix.FromDense(dense, 64, 200))[..4]);
    }
}
