using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Schedules;
using SparseHybrid.TargetSparsity;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Training;

public sealed class SparseTrainerOptionsTests
{
    [Fact]
    public void The_defaults_are_those_that_are_documented()
    {
        var options = new SparseTrainerOptions { Epochs = 1 };

        Assert.Equal(128, options.BatchSize);
        Assert.Equal(1000, options.EvaluationBatchSize);
        Assert.Equal(1, options.Seed);
        Assert.Equal(ComputeDevice.Cpu, options.Device);
        Assert.Null(options.Threads);
        Assert.Equal(new CosineSchedule(), options.Schedule);
        Assert.Equal(new XrdaOptions(), options.Method);
        Assert.Equal((null, 1.0), (options.StepSize, options.InitialStepSize));
        Assert.Equal(Regularizers.AdaptiveL1(1e-6, 500, 9.5, Grouping.Element), options.Regularizer);
        Assert.Empty(options.Groups);
        Assert.Null(options.TargetSparsity);
        Assert.Equal(2, options.KeptCheckpoints);
        Assert.Null(options.CheckpointEverySeconds);
        Assert.Null(options.CheckpointEverySteps);
        options.Validate();
    }

    [Fact]
    public void Every_setting_out_of_range_is_listed_with_its_value()
    {
        var options = new SparseTrainerOptions
        {
            Epochs = 0,
            BatchSize = -1,
            EvaluationBatchSize = 0,
            Device = (ComputeDevice)7,
            Threads = 0,
            Schedule = new StepSchedule { WarmUpEpochs = -1, Averaging = 2, Factor = 0, Milestones = [3, 2] },
            StepSize = 0,
            KeptCheckpoints = 0,
            CheckpointEverySeconds = 0,
            CheckpointEverySteps = 0,
            Method = new SgdOptions { WeightDecay = -1 },
            Regularizer = Regularizer.NewL1(-1),
            Groups = [new ParameterGroup { Pattern = "", Regularizer = Regularizers.NonNegative(), Strength = 1 }],
            TargetSparsity = new TargetSparsityOptions { Share = 1 },
        };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;

        Assert.Contains("Epochs is 0,", message);
        Assert.Contains("BatchSize is -1,", message);
        Assert.Contains("EvaluationBatchSize is 0,", message);
        Assert.Contains("Device is 7, expected cpu or cuda", message);
        Assert.Contains("Threads is 0,", message);
        Assert.Contains("KeptCheckpoints is 0,", message);
        Assert.Contains("CheckpointEverySeconds is 0,", message);
        Assert.Contains("CheckpointEverySteps is 0,", message);
        Assert.Contains("StepSize is 0,", message);
        Assert.Contains("Schedule.WarmUpEpochs is -1,", message);
        Assert.Contains("Schedule.Averaging is 2,", message);
        Assert.Contains("Schedule.Factor is 0,", message);
        Assert.Contains("Schedule.Milestones is [3, 2],", message);
        Assert.Contains("Method.WeightDecay is -1,", message);
        Assert.Contains("Regularizer is {\"case\":\"L1\",\"strength\":-1}, expected one that fits: The strength", message);
        Assert.Contains("Groups[0].Pattern is '',", message);
        Assert.Contains("Groups[0].Regularizer is \"NonNegative\", expected one that fits: NonNegative has no strength", message);
        Assert.Contains("TargetSparsity.Share is 1,", message);
        Assert.Contains("none: sgd makes no zeros", message);
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_refused()
    {
        var options = new SparseTrainerOptions { Epochs = 1, Method = new RdaOptions(), EarlyStop = new EarlyStopOptions() };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;

        Assert.Contains("Schedule is cosine, expected constant: rda goes back to its start", message);
        Assert.Contains("ValidationShare is 0, expected above 0", message);
        (options with { Schedule = new ConstantSchedule { Averaging = 1 }, ValidationShare = 0.1 }).Validate();
    }

    [Fact]
    public void Records_with_equal_lists_are_equal()
    {
        SparseTrainerOptions Make() => new() { Epochs = 1, Groups = [new ParameterGroup { Pattern = "fc*" }], Schedule = new StepSchedule { Milestones = [1, 2] } };

        Assert.Equal(Make(), Make());
        Assert.NotEqual(Make(), Make() with { Groups = [] });
    }
}
