using SparseHybrid.Data;
using SparseHybrid.Methods;
using SparseHybrid.Models;
using SparseHybrid.Optim;
using SparseHybrid.Runs;
using SparseHybrid.Schedules;
using SparseHybrid.TargetSparsity;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class SparsityControllerTests : IDisposable
{
    private static readonly SparseTrainerOptions Options = new()
    {
        Epochs = 60,
        BatchSize = 16,
        StepSize = 0.5,
        Threads = 1,
        TargetSparsity = new TargetSparsityOptions { Share = 0.8, Tolerance = 0.02 },
    };

    private readonly TrainAndTest data = SyntheticImages.Create();
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, MethodOptions, ScheduleOptions, Regularizer> Methods() => new()
    {
        { "xrda", new XrdaOptions(), new CosineSchedule(), Adaptive(Grouping.Element) },
        { "xrda, lambda far too large", new XrdaOptions(), new CosineSchedule(), Regularizers.AdaptiveL1(10, 500, 9.5, Grouping.Element) },
        { "xrda, by rows", new XrdaOptions(), new CosineSchedule(), Adaptive(Grouping.Row) },
        { "proximal SGD, by rows", new ProximalSgdOptions(), new CosineSchedule(), Adaptive(Grouping.Row) },
        { "proximal SGD", new ProximalSgdOptions(), new CosineSchedule(), Regularizers.L1(1e-6) },
        { "linearised Bregman", new LinearizedBregmanOptions(), new CosineSchedule(), Regularizers.L1(1e-6) },
        { "RDA", new RdaOptions(), new ConstantSchedule(), Regularizers.L1(1e-6) }, // a falling step size would lead it back to its start
    };

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Methods_with_a_lambda_end_with_the_share_asked_for(string name, MethodOptions method, ScheduleOptions schedule, Regularizer regularizer)
    {
        var report = Train(Options with { Method = method, Schedule = schedule, StepSize = name == "RDA" ? 0.05 : 0.5, Regularizer = regularizer });

        Assert.True(Math.Abs(report.Sparsity - 0.8) <= 0.02, $"{name}: {report.Sparsity}");
        Assert.True(report.TargetSparsity!.IsReached);
        Assert.Equal((0.8, 0.02), (report.TargetSparsity.Share, report.TargetSparsity.Tolerance));
        Assert.Contains("80 % were asked for", report.TargetSparsity.Explanation);
    }

    public static TheoryData<Grouping, double> Structures() => new()
    {
        { Grouping.Kernel, 0.5 },
        { Grouping.Kernel, 0.8 },
        { Grouping.OutputFilter, 0.5 },
    };

    [Theory]
    [MemberData(nameof(Structures))]
    public void Short_runs_in_groups_end_with_the_share_asked_for_without_a_leap_of_lambda_at_the_end(Grouping grouping, double share)
    {
        torch.manual_seed(1);
        using var model = Sequential(
            ("conv1", Conv2d(1, 12, 3, padding: 1)), ("relu1", ReLU()), ("conv2", Conv2d(12, 12, 3, padding: 1)), ("relu2", ReLU()),
            ("pool", MaxPool2d(2)), ("flatten", Flatten()), ("fc", Linear(48, 4)));
        var summaries = new List<EpochSummary>();
        var options = Options with { Epochs = 40, Regularizer = Adaptive(grouping), TargetSparsity = new TargetSparsityOptions { Share = share } };

        var report = new SparseTrainer(model, options, callbacks: [new SummaryRecorder(summaries)]).Fit(data);

        Assert.True(report.TargetSparsity!.IsReached, report.TargetSparsity.Explanation);
        Assert.True(report.TargetSparsity.Lambda < 100 * summaries[0].Strength, $"{summaries[0].Strength}, {report.TargetSparsity.Lambda}");
        Assert.Equal(1, report.TestAccuracy);
    }

    [Fact]
    public void Short_runs_start_with_a_larger_lambda_than_the_gradients_alone_tell()
    {
        // Normalisation makes the gradients small, and so the lambda that they tell.
        double FirstLambda(int epochs)
        {
            torch.manual_seed(1);
            using var model = Sequential(
                ("conv1", Conv2d(1, 12, 3, padding: 1)), ("norm1", BatchNorm2d(12)), ("relu1", ReLU()), ("pool", MaxPool2d(2)),
                ("flatten", Flatten()), ("fc", Linear(48, 4)));
            var summaries = new List<EpochSummary>();
            _ = new SparseTrainer(model, Options with { Epochs = epochs }, callbacks: [new SummaryRecorder(summaries)]).Fit(data);
            return summaries[0].Control![0].Lambda;
        }

        Assert.InRange(FirstLambda(5) / FirstLambda(50), 3, 20); // the gradients alone: 1.3
    }

    [Fact]
    public void Layers_keep_their_bounds()
    {
        var layers = new LayerSparsity[] { new() { Pattern = "fc2.weight", AtMost = 0.4 }, new() { Pattern = "fc*.weight", AtLeast = 0.2 } };
        using var model = Create();

        var report = new SparseTrainer(model, Options with { TargetSparsity = Options.TargetSparsity! with { Layers = layers } }).Fit(data);

        Assert.True(report.TargetSparsity!.IsReached, report.TargetSparsity.Explanation);
        Assert.InRange(Sparsity.ZeroFraction(model.get_parameter("fc2.weight")!), 0, 0.42);
    }

    [Fact]
    public void Each_epoch_tells_lambda_and_zeros()
    {
        var summaries = new List<EpochSummary>();
        var recorder = new SummaryRecorder(summaries);
        using var model = Create();

        var report = new SparseTrainer(model, Options, callbacks: [recorder]).Fit(data);

        Assert.All(summaries, summary => Assert.InRange(summary.Control!.Count, 8, 10)); // 8 steps an epoch
        Assert.Equal(report.TargetSparsity!.Lambda, summaries[^1].Strength);
        Assert.Equal(summaries[^1].Sparsity, summaries[^1].Control![^1].Sparsity);
        Assert.True(summaries.Select(summary => summary.Strength).Distinct().Count() > 30);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(203, false)]
    [InlineData(476, false)]
    [InlineData(1, true)]
    [InlineData(203, true)]
    public void A_run_that_is_cancelled_and_resumed_equals_one_that_was_not(int cancelAtStep, bool isGrouped)
    {
        var options = isGrouped ? Options with { Regularizer = Adaptive(Grouping.Row) } : Options;
        using var whole = RunFolder.Create(folder.File("whole"), RunRecords.Small());
        using var resumed = RunFolder.Create(folder.File("resumed"), RunRecords.Small());
        using var first = Create();
        var expected = new SparseTrainer(first, options, whole).Fit(data);

        using var second = Create();
        using var cancellation = new CancellationTokenSource();
        var (batches, test) = (ImageBatches.Shuffled(data.Train, Options.BatchSize, Options.Seed), ImageBatches.InOrder(data.Test, Options.EvaluationBatchSize));
        Assert.Throws<OperationCanceledException>(() => new SparseTrainer(second, options, resumed)
            .Fit(new CancellingBatches(batches, cancelAtStep, cancellation), test, cancellationToken: cancellation.Token));
        using var third = Create();
        using var checkpoint = resumed.Checkpoints.LoadNewest();
        var actual = new SparseTrainer(third, options, resumed).Resume(checkpoint, batches, test);

        Assert.Equal(TensorBits.Of(first), TensorBits.Of(third));
        Assert.Equal(expected.TargetSparsity, actual.TargetSparsity);
    }

    [Fact]
    public void A_share_that_is_not_to_be_had_is_told()
    {
        // Groups of half the weights: shares between are out of reach.
        var report = Train(Options with
        {
            Regularizer = Regularizers.GroupLasso(1e-6, Grouping.NewBlock(1000, 1000)),
            TargetSparsity = new TargetSparsityOptions { Share = 0.5 },
        });

        Assert.False(report.TargetSparsity!.IsReached);
        Assert.Contains("50 % were asked for", report.TargetSparsity.Explanation);
        Assert.Contains("lambda", report.TargetSparsity.Explanation);
    }

    [Fact]
    public void Nothing_to_control_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => Train(Options.WithStrength(0)));

        Assert.Contains("no parameter has a penalty with a lambda above 0", error.Message);
    }

    private TrainingReport Train(SparseTrainerOptions options)
    {
        using var model = Create();
        return new SparseTrainer(model, options).Fit(data);
    }

    private static Regularizer Adaptive(Grouping grouping) => Regularizers.AdaptiveL1(1e-6, 500, 9.5, grouping);

    private static Module<torch.Tensor, torch.Tensor> Create()
    {
        torch.manual_seed(1);
        return Sequential(("flatten", Flatten()), ("fc1", Linear(16, 40)), ("relu1", ReLU()), ("fc2", Linear(40, 4)));
    }

    private sealed class SummaryRecorder(List<EpochSummary> summaries) : ITrainerCallback
    {
        public bool OnEpochEnd(EpochSummary epoch)
        {
            summaries.Add(epoch);
            return true;
        }
    }
}
