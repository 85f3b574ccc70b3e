using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class CubicSparsityTests
{
    private readonly CubicSparsity schedule = new(FinalSparsity: 0.8, Begin: 10, End: 50, Period: 8);

    [Fact]
    public void Follows_equation_1_of_Zhu_and_Gupta()
    {
        for (var step = 10; step <= 50; step++)
        {
            var published = 0.8 + (0.0 - 0.8) * Math.Pow(1 - (step - 10) / (5 * 8.0), 3);
            Assert.Equal(published, schedule.At(step), 14);
        }
    }

    [Fact]
    public void Is_zero_before_and_exactly_final_from_the_end_on()
    {
        Assert.Equal(0, schedule.At(9));
        Assert.Equal(0, schedule.At(10));
        Assert.Equal(0.8, schedule.At(50));
        Assert.Equal(0.8, schedule.At(1000));
    }

    [Fact]
    public void Prunes_every_period_and_at_the_end()
    {
        Assert.Equal([10, 18, 26, 34, 42, 50], Pruning(schedule));
        Assert.Equal([10, 31, 50], Pruning(schedule with { Period = 21 }));
        Assert.Equal([50], Pruning(schedule with { Begin = 50 }));
        Assert.Equal(0.8, (schedule with { Begin = 50 }).At(50));
    }

    private static IEnumerable<int> Pruning(CubicSparsity schedule) => Enumerable.Range(1, 100).Where(step => schedule.PrunesAt(step));
}
