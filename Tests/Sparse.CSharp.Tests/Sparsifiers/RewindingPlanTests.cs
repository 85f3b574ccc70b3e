using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Tests.Sparsifiers;

public sealed class RewindingPlanTests
{
    [Theory]
    [InlineData(4690, 4, 0.05)]
    [InlineData(1000, 1, 0)]
    [InlineData(97, 5, 0.3)]
    [InlineData(60, 10, 0.9)]
    public void Trainings_follow_one_another_and_take_every_step_of_the_run(long totalSteps, int rounds, double rewindShare)
    {
        var plan = new RewindingPlan(totalSteps, rounds, rewindShare);
        Assert.True(plan.Fits);
        var expected = (Step: 1L, Prunings: 0);
        for (var step = 1L; step <= totalSteps; step++)
        {
            var (place, length) = plan.Place(step);

            Assert.Equal(expected, (place, plan.PruningsBefore(step)));
            Assert.InRange(place, 1, length);
            Assert.Equal(place == length && expected.Prunings < rounds, plan.PrunesAfter(step));
            expected = place == length ? (plan.RewindStep + 1, expected.Prunings + 1) : (place + 1, expected.Prunings);
        }

        Assert.Equal(rounds + 1, expected.Prunings); // the last training ended with the run
    }

    [Fact]
    public void All_but_the_last_training_have_one_length()
    {
        // T + 4 (T - 0.05 T) = 4690 gives T = 977; 49 steps of it are never undone.
        var plan = new RewindingPlan(4690, 4, 0.05);

        Assert.Equal((977, 49), (plan.TrainingSteps, plan.RewindStep));
        Assert.Equal((977, 977), plan.Place(977));
        Assert.Equal((50, 977), plan.Place(978));
        Assert.Equal((978, 978), plan.Place(4690));
    }

    [Fact]
    public void Each_pruning_leaves_the_same_share_of_what_was_left()
    {
        var plan = new RewindingPlan(100, 3, 0);

        Assert.Equal([0, 0.5, 0.75, 0.875], Enumerable.Range(0, 4).Select(prunings => Math.Round(plan.SparsityAfter(0.875, prunings), 12)));
    }

    [Fact]
    public void Trainings_without_steps_do_not_fit()
    {
        Assert.False(new RewindingPlan(4, 4, 0).Fits);
        Assert.False(new RewindingPlan(11, 10, 0.9).Fits);
    }
}
