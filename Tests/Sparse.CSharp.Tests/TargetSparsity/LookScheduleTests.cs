using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class LookScheduleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(499)]
    [InlineData(4690)]
    [InlineData(234_600)]
    public void Zeros_are_counted_about_500_times_more_often_in_the_end_and_after_the_last_step(long total)
    {
        var due = Enumerable.Range(1, (int)total).Where(step => LookSchedule.IsDue(step, total)).ToList();

        Assert.Equal(total, due[^1]);
        Assert.InRange(due.Count, Math.Min(total, 500), 760);
        Assert.InRange(due.Count(step => step > 0.9 * total), Math.Min(total / 10, 150), 240);
    }
}
