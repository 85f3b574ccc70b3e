using SparseHybrid.Data;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Training;

public sealed class SparseTrainerTests : IDisposable
{
    private static readonly SparseTrainerOptions Options = new()
    {
        Epochs = 8,
        BatchSize = 16,
        StepSize = 0.5,
        Regularizer = Regularizers.AdaptiveL1(1e-3, 500, 9.5, Grouping.Element),
    };

    private readonly TrainAndTest data = SyntheticImages.Create();

    public void Dispose() => data.Dispose();

    [Fact]
    public void An_easy_task_is_learned_with_a_sparse_network()
    {
        using var model = Create();

        var report = new SparseTrainer(model, Options).Fit(data);

        Assert.InRange(report.TestAccuracy, 0.95, 1);
        Assert.InRange(report.Sparsity, 0.3, 0.99);
        var count = SparsityCount.Of(model);
        Assert.Equal((count.Sparsity, count.Nonzeros), (report.Sparsity, report.Nonzeros));
        Assert.Equal((count.Parameters, count.RegularisedWeights), (report.Parameters, report.RegularisedWeights));
        Assert.Equal(StopReason.EpochsDone, report.StopReason);
        Assert.Equal((8, 1L), (report.Epochs, report.Seed));
        Assert.Equal(Evaluation.Of(model, ImageBatches.InOrder(data.Test, 7)).Accuracy, report.TestAccuracy);
    }

    [Fact]
    public void Strength_0_leaves_no_zeros()
    {
        using var model = Create();

        Assert.Equal(0, new SparseTrainer(model, Options.WithStrength(0)).Fit(data).Sparsity);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_one_others()
    {
        var (first, second, other) = (TrainedBits(Options), TrainedBits(Options), TrainedBits(Options with { Seed = 2 }));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other); // the initial weights are the same: only the order of the data differs
    }

    [Fact]
    public void A_loop_written_by_hand_gives_the_same_bits()
    {
        using var model = Create();
        using var optimizer = new SparseOptimizer(model.named_parameters(), Options.Method, Options.Regularizer);
        var batches = ImageBatches.Shuffled(data.Train, Options.BatchSize, Options.Seed);
        var totalSteps = Options.Epochs * batches.BatchesPerEpoch;
        var step = 0;
        for (var epoch = 0; epoch < Options.Epochs; epoch++)
        {
            using var order = batches.OpenEpoch(epoch);
            for (var index = 0; index < batches.BatchesPerEpoch; index++)
            {
                using var scope = torch.NewDisposeScope();
                var batch = order.Read(index);
                optimizer.zero_grad();
                functional.cross_entropy(model.call(batch.Inputs), batch.Labels).backward();
                optimizer.Follow(Schedule.Cosine(Options.InitialStepSize, totalSteps, ++step));
                optimizer.step();
            }
        }

        Assert.Equal(TensorBits.Of(model), TrainedBits(Options));
    }

    [Fact]
    public void Progress_ends_every_epoch_and_never_goes_back()
    {
        using var model = Create();
        var seen = new Recorder<TrainingProgress>();
        new SparseTrainer(model, Options).Fit(data, seen);

        var ends = seen.Values.Where(progress => progress.Batch == progress.BatchesPerEpoch);
        Assert.Equal(Enumerable.Range(1, 8), ends.Select(progress => progress.Epoch).Distinct());
        Assert.Equal(seen.Values.Select(progress => progress.Fraction).Order(), seen.Values.Select(progress => progress.Fraction));
        var last = seen.Values[^1];
        Assert.Equal((1.0, TimeSpan.Zero, 8), (last.Fraction, last.Remaining, last.Epochs));
        Assert.True(last.TestAccuracy > 0.9);
    }

    [Fact]
    public void Callbacks_hear_of_every_moment()
    {
        using var model = Create();
        var callback = new MomentRecorder();
        var report = new SparseTrainer(model, Options with { Epochs = 2 }, callbacks: [callback]).Fit(data);

        Assert.Equal(["start 2", "epoch 1", "epoch 2", "end 2"], callback.Moments);
        Assert.Equal(2, report.Epochs);
    }

    [Fact]
    public void A_callback_can_stop_training()
    {
        using var model = Create();
        ITrainerCallback[] callbacks = [new MomentRecorder { LastEpoch = 3 }, new MomentRecorder()];
        var report = new SparseTrainer(model, Options, callbacks: callbacks).Fit(data);

        Assert.Equal(StopReason.CallbackAsked, report.StopReason);
        Assert.Equal(3, report.Epochs);
        Assert.Contains("after epoch 3 of 8", report.StopExplanation);
    }

    [Fact]
    public void Cancelling_stops_after_the_step_under_way()
    {
        using var model = Create();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var before = TensorBits.Of(model);

        var error = Assert.Throws<OperationCanceledException>(
            () => new SparseTrainer(model, Options).Fit(data, cancellationToken: cancellation.Token));

        Assert.Contains("after step 0 of 64", error.Message);
        Assert.Equal(before, TensorBits.Of(model));
    }

    [Fact]
    public void A_thousand_steps_leave_tensors_and_memory_where_they_were_after_a_hundred()
    {
        using var model = Create();
        var levels = new List<(long Tensors, long Bytes)>();
        var callback = new MomentRecorder { AtEpochEnd = () => levels.Add((torch.Tensor.TotalCount, ResidentBytes())) };
        new SparseTrainer(model, Options with { Epochs = 126, BatchSize = 15 }, callbacks: [callback]).Fit(data); // 8 steps an epoch

        Assert.Equal(levels[12].Tensors, levels[125].Tensors);
        Assert.InRange(levels[125].Bytes - levels[12].Bytes, long.MinValue, 16_000_000);
    }

    [Fact]
    public void Training_leaves_no_tensor_behind_but_the_gradients()
    {
        using var model = Create();
        new SparseTrainer(model, Options with { Epochs = 1 }).Fit(data);
        var before = LiveTensors();
        new SparseTrainer(model, Options with { Epochs = 1 }).Fit(data);

        Assert.Equal(before, LiveTensors());
    }

    /// <summary>What the official package leaves to the finaliser does not count; with TorchSharp.Lite nothing may be left to it.</summary>
    private static long LiveTensors()
    {
        if (typeof(torch).Assembly.GetName().Name == "TorchSharp")
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return torch.Tensor.TotalCount;
    }

    [Fact]
    public void Options_are_checked_before_anything_else()
    {
        using var model = Create();

        Assert.Contains("Epochs is 0", Assert.Throws<ArgumentException>(() => new SparseTrainer(model, Options with { Epochs = 0 })).Message);
    }

    [NoCudaFact]
    public void Cuda_where_there_is_none_is_a_clear_error()
    {
        using var model = Create();
        var error = Assert.Throws<DeviceException>(() => new SparseTrainer(model, Options with { Device = ComputeDevice.Cuda }).Fit(data));

        Assert.Contains("finds no CUDA device", error.Message);
        Assert.Contains("LIBTORCH", error.Fix);
    }

    [CudaFact]
    public void Cuda_learns_as_the_processor_does_and_keeps_the_data_where_it_was()
    {
        using var model = Create();
        var report = new SparseTrainer(model, Options with { Device = ComputeDevice.Cuda }).Fit(data);

        Assert.InRange(report.TestAccuracy, 0.95, 1);
        Assert.True(model.get_parameter("fc1.weight")!.is_cuda);
        Assert.False(data.Train.Stored.is_cuda);
    }

    private static Module<torch.Tensor, torch.Tensor> Create()
    {
        torch.manual_seed(1);
        return Sequential(("flatten", Flatten()), ("fc1", Linear(16, 32)), ("relu1", ReLU()), ("fc2", Linear(32, 4)));
    }

    private string TrainedBits(SparseTrainerOptions options)
    {
        using var model = Create();
        new SparseTrainer(model, options).Fit(data);
        return TensorBits.Of(model);
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }
}
