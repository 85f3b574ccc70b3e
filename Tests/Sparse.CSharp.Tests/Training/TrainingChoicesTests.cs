using SparseHybrid.Data;
using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Runs;
using SparseHybrid.Schedules;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Training;

/// <summary>What can be chosen in a run beside its defaults: each choice trains, and is resumed to the same bits.</summary>
public sealed class TrainingChoicesTests : IDisposable
{
    private static readonly SparseTrainerOptions Options = new()
    {
        Epochs = 4,
        BatchSize = 16,
        StepSize = 0.5,
        Regularizer = Regularizers.AdaptiveL1(1e-3, 500, 9.5, Grouping.Element),
    };

    private static readonly Dictionary<string, SparseTrainerOptions> Choices = new()
    {
        ["rda"] = Options with { Method = new RdaOptions(), Schedule = new ConstantSchedule() },
        ["enhanced-rda"] = Options with { Method = new EnhancedRdaOptions(), Schedule = new ConstantSchedule(), Regularizer = Regularizers.L1(1e-3) },
        ["rmda in stages"] = Options with { Method = new RmdaOptions(), Schedule = new HalvingSchedule { Milestones = [1, 2.5] } },
        ["ramda"] = Options with { Method = new RamdaOptions(), StepSize = 0.05 },
        ["grda"] = Options with { Method = new GrdaOptions() },
        ["proximal-sgd"] = Options with { Method = new ProximalSgdOptions() },
        ["proximal-adam"] = Options with { Method = new ProximalAdamOptions(), StepSize = 0.01 },
        ["linearized-bregman"] = Options with { Method = new LinearizedBregmanOptions(), Regularizer = Regularizers.L1(0.05) },
        ["sgd"] = Options with { Method = new SgdOptions() },
        ["adam"] = Options with { Method = new AdamOptions(), StepSize = 0.01 },
        ["an average of weights"] = Options with { WeightAveraging = new WeightAveragingOptions { Kept = 0.9 } },
        ["clipping, smoothing, full batches"] = Options with { GradientClipNorm = 0.5, LabelSmoothing = 0.1, DropLastBatch = true, BatchSize = 15 },
        ["dead layers eased"] = Options with
        {
            Epochs = 8,
            DeadLayers = DeadLayerPolicy.Ease,
            Regularizer = Regularizers.L1(1e-3),
            Groups = [new ParameterGroup { Pattern = "fc1.weight", Strength = 10 }],
        },
        ["held-out data, evaluated every second epoch"] = Options with
        {
            ValidationShare = 0.2,
            EvaluateEvery = 2,
            EarlyStop = new EarlyStopOptions(),
        },
    };

    private readonly TrainAndTest data = SyntheticImages.Create();
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> ChoiceNames => [.. Choices.Keys];

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(ChoiceNames))]
    public void Each_choice_learns_and_is_resumed_to_the_same_bits(string choice)
    {
        var options = Choices[choice];
        using var straight = Create();
        var report = new SparseTrainer(straight, options).Fit(data);

        Assert.InRange(report.TestAccuracy, 0.5, 1);
        Assert.Equal(SparsityCount.Of(straight).Sparsity, report.Sparsity);
        Assert.Equal(TensorBits.Of(straight), ResumedBits(options));
    }

    [Fact]
    public void The_model_of_rmda_is_sparse_though_its_parameters_are_not()
    {
        using var model = Create();
        var report = new SparseTrainer(model, Choices["rmda in stages"] with { Regularizer = Regularizers.L1(2e-2) }).Fit(data);

        Assert.InRange(report.Sparsity, 0.1, 0.99);
        Assert.InRange(report.TestAccuracy, 0.5, 1);
    }

    [Fact]
    public void An_average_has_the_zeros_of_the_present_weights_and_other_values()
    {
        using var plain = Create();
        using var averaged = Create();
        var report = new SparseTrainer(plain, Options).Fit(data);
        var other = new SparseTrainer(averaged, Choices["an average of weights"]).Fit(data);

        Assert.True(report.Sparsity > 0.1);
        Assert.Equal(report.Nonzeros, other.Nonzeros);
        Assert.NotEqual(TensorBits.Of(plain), TensorBits.Of(averaged));
        Assert.Equal(
            plain.parameters().SelectMany(parameter => parameter.eq(0).data<bool>().ToArray()),
            averaged.parameters().SelectMany(parameter => parameter.eq(0).data<bool>().ToArray()));
    }

    [Fact]
    public void An_epoch_that_was_not_evaluated_has_no_test_figures_and_the_last_one_always_has()
    {
        using var model = Create();
        var seen = new List<EpochSummary>();
        new SparseTrainer(model, Options with { EvaluateEvery = 3 }, callbacks: [new SummaryRecorder(seen)]).Fit(data);

        Assert.Equal([false, false, true, true], seen.Select(epoch => epoch.TestAccuracy is not null));
        Assert.All(seen, epoch => Assert.Equal(1e-3, epoch.Strength));
    }

    [Fact]
    public void A_run_that_no_longer_gains_stops_early()
    {
        using var model = Create();
        var options = Options with
        {
            Epochs = 50,
            Schedule = new ConstantSchedule(),
            ValidationShare = 0.25,
            EarlyStop = new EarlyStopOptions { Metric = StopMetric.ValidationAccuracy, Patience = 3 },
        };
        var report = new SparseTrainer(model, options).Fit(data);

        Assert.Equal(StopReason.NoMoreGain, report.StopReason);
        Assert.InRange(report.Epochs, 4, 49);
        Assert.Contains("No gain in 3 epochs", report.StopExplanation);
    }

    [Fact]
    public void A_dead_layer_is_named_or_stops_training_or_comes_back()
    {
        var options = Choices["dead layers eased"];
        var seen = new List<EpochSummary>();
        using (var warned = Create())
        {
            new SparseTrainer(warned, options with { DeadLayers = DeadLayerPolicy.Warn }, callbacks: [new SummaryRecorder(seen)]).Fit(data);
        }

        Assert.All(seen, epoch => Assert.Equal(["fc1.weight"], epoch.DeadLayers));
        using var stopped = Create();
        var error = Assert.Throws<DeadLayerException>(() => new SparseTrainer(stopped, options with { DeadLayers = DeadLayerPolicy.Stop }).Fit(data));
        Assert.Equal((1, "fc1.weight"), (error.Epoch, Assert.Single(error.Layers)));
        using var eased = Create();
        new SparseTrainer(eased, options with { Epochs = 12 }).Fit(data);
        Assert.True(Sparsity.ZeroFraction(eased.get_parameter("fc1.weight")!) < 1);
    }

    [Fact]
    public void A_network_without_a_weight_to_regularise_is_refused_unless_nothing_is_to_vanish()
    {
        using var model = Sequential(("flatten", Flatten()), ("scale", new Scales()));

        var message = Assert.Throws<ArgumentException>(() => new SparseTrainer(model, Options).Fit(data)).Message;

        Assert.Contains("scale.scales [16]", message);
        Assert.Equal(0, new SparseTrainer(model, Options.WithStrength(0)).Fit(data).Sparsity);
        var all = new ParameterGroup { Pattern = "scale.*", Policy = RegularizationPolicy.Everything, Strength = 1 };
        Assert.Equal(1, new SparseTrainer(model, Options with { Groups = [all] }).Fit(data).Sparsity);
    }

    private string ResumedBits(SparseTrainerOptions options)
    {
        var path = folder.File("run");
        using (var run = RunFolder.Create(path, RunRecords.Small() with { Options = options }))
        using (var model = Create())
        using (var cancellation = new CancellationTokenSource())
        {
            var callback = new MomentRecorder { AtEpochEnd = cancellation.Cancel };
            Assert.Throws<OperationCanceledException>(
                () => new SparseTrainer(model, options, run, callbacks: [callback]).Fit(data, cancellationToken: cancellation.Token));
        }

        using var opened = RunFolder.OpenToResume(path);
        using var checkpoint = opened.Checkpoints.LoadNewest();
        using var resumed = Create();
        new SparseTrainer(resumed, options, opened).Resume(checkpoint, data);
        return TensorBits.Of(resumed);
    }

    private static Module<torch.Tensor, torch.Tensor> Create()
    {
        torch.manual_seed(1);
        return Sequential(("flatten", Flatten()), ("fc1", Linear(16, 32)), ("relu1", ReLU()), ("fc2", Linear(32, 4)));
    }

    private sealed class SummaryRecorder(List<EpochSummary> seen) : ITrainerCallback
    {
        public bool OnEpochEnd(EpochSummary epoch)
        {
            seen.Add(epoch);
            return true;
        }
    }

    /// <summary>Sixteen scales, and four sums of them: no weight of rank 2.</summary>
    private sealed class Scales : Module<torch.Tensor, torch.Tensor>
    {
        private readonly TorchSharp.Modules.Parameter scales = Parameter(torch.ones(16));

        public Scales()
            : base("scales") => RegisterComponents();

        public override torch.Tensor forward(torch.Tensor input) => (input * scales).reshape(-1, 4, 4).sum(2);
    }
}
