using SparseHybrid.Optimizers;
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
        Assert.Equal(StepSchedule.Cosine, options.Schedule);
        Assert.Equal(new XrdaOptions(), options.Optimizer);
        Assert.Equal(2, options.KeptCheckpoints);
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
            Schedule = (StepSchedule)9,
            KeptCheckpoints = 0,
            Optimizer = new XrdaOptions { Strength = -1 },
        };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;

        Assert.Contains("Epochs is 0,", message);
        Assert.Contains("BatchSize is -1,", message);
        Assert.Contains("EvaluationBatchSize is 0,", message);
        Assert.Contains("Device is 7, expected cpu or cuda", message);
        Assert.Contains("Threads is 0,", message);
        Assert.Contains("Schedule is 9, expected cosine or constant", message);
        Assert.Contains("KeptCheckpoints is 0,", message);
        Assert.Contains("Strength is -1,", message);
    }
}
