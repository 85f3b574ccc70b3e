using SparseHybrid.Optim;
using SparseHybrid.Schedules;

namespace SparseHybrid.Tests.Schedules;

public sealed class ScheduleOptionsTests
{
    private const int Total = 100;
    private const int PerEpoch = 10;

    [Fact]
    public void Every_schedule_is_that_of_the_core()
    {
        for (var step = 1L; step <= Total; step++)
        {
            Assert.Equal(Schedule.Cosine(0.5, Total, step), new CosineSchedule().At(0.5, Total, PerEpoch, step));
            Assert.Equal(
                Schedule.CosineFromAveraging(0.5, 0.9, Total, step), new CosineSchedule { InitialAveraging = 0.9 }.At(0.5, Total, PerEpoch, step));
            Assert.Equal(new SchedulePoint(0.5, 0), new ConstantSchedule().At(0.5, Total, PerEpoch, step));
            Assert.Equal(Schedule.ExponentialCosine(0.5, Total, step), new ExponentialCosineSchedule().At(0.5, Total, PerEpoch, step));
            Assert.Equal(Schedule.Halving(0.5, [30, 45], step), new HalvingSchedule { Milestones = [3, 4.5] }.At(0.5, Total, PerEpoch, step));
            Assert.Equal(Schedule.Stages(0.5, 0.1, [30], step), new StepSchedule { Milestones = [3] }.At(0.5, Total, PerEpoch, step));
        }
    }

    [Fact]
    public void A_warm_up_scales_the_step_size_and_leaves_the_averaging()
    {
        var warmed = new HalvingSchedule { Milestones = [1], WarmUpEpochs = 2 };

        Assert.Equal(new SchedulePoint(1.0 / 20, 0), warmed.At(1, Total, PerEpoch, 1));
        Assert.Equal(new SchedulePoint(0.5 * 15 / 20, 0.5), warmed.At(1, Total, PerEpoch, 15));
        Assert.Equal(new SchedulePoint(0.5, 0.5), warmed.At(1, Total, PerEpoch, 20));
    }

    [Fact]
    public void An_averaging_of_ones_own_replaces_the_tied_one() =>
        Assert.Equal(0.25, new CosineSchedule { Averaging = 0.25 }.At(1, Total, PerEpoch, 99).Averaging);

    [Fact]
    public void Stages_tell_their_share()
    {
        var schedule = new StepSchedule { Milestones = [3, 6], Factor = 0.2 };

        Assert.Equal([1, 0.2, 0.2 * 0.2], new long[] { 30, 31, 61 }.Select(step => schedule.StageShare(PerEpoch, step)));
        Assert.Equal(1, new CosineSchedule().StageShare(PerEpoch, 99));
    }

    [Fact]
    public void Each_has_a_name()
    {
        Assert.Equal(["cosine", "constant", "exponential-cosine", "halving", "step"], ScheduleOptions.Names);
        Assert.All(ScheduleOptions.Names, name => Assert.Equal(name, ScheduleOptions.Create(name).Name));
        Assert.Contains("cosine, constant", Assert.Throws<ArgumentException>(() => ScheduleOptions.Create("linear")).Message);
    }
}
