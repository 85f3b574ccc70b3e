using SparseHybrid.Data;
using SparseHybrid.Methods;
using SparseHybrid.Runs;
using SparseHybrid.TargetSparsity;
using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Support;

/// <summary>Short runs of pruning methods on a small convolutional network: 3 epochs of 8 steps.</summary>
public sealed class PruningRuns : IDisposable
{
    public const int TotalSteps = 24;

    private readonly TemporaryFolder folder = new();
    private readonly TrainAndTest data = SyntheticImages.Create();
    private int runs;

    public static SparseTrainerOptions Options(MethodOptions method, double share = 0.8) => new()
    {
        Epochs = 3,
        BatchSize = 15,
        StepSize = 0.5,
        Method = method,
        TargetSparsity = new TargetSparsityOptions { Share = share },
    };

    /// <summary>1 150 regularised weights in two convolutions with norms and a linear layer; the same every time.</summary>
    public static Module<torch.Tensor, torch.Tensor> Network()
    {
        torch.manual_seed(1);
        return Sequential(
            ("conv1", Conv2d(1, 10, kernel_size: 3, padding: 1)),
            ("norm1", BatchNorm2d(10)),
            ("relu1", ReLU()),
            ("conv2", Conv2d(10, 10, kernel_size: 3, padding: 1)),
            ("norm2", BatchNorm2d(10)),
            ("relu2", ReLU()),
            ("pool", MaxPool2d(2)),
            ("flatten", Flatten()),
            ("fc", Linear(40, 4)));
    }

    /// <summary>Trains to the end, and gives the trained weights' bits after <paramref name="look"/> has seen the network.</summary>
    public string Train(SparseTrainerOptions options, Action<Module<torch.Tensor, torch.Tensor>, TrainingReport>? look = null)
    {
        using var model = Network();
        var report = new SparseTrainer(model, options).Fit(data);
        look?.Invoke(model, report);
        return TensorBits.Of(model);
    }

    /// <summary>Stops during a step, and has another trainer with another network go on from the checkpoint.</summary>
    public string TrainWithBreak(SparseTrainerOptions options, int step)
    {
        var run = RunFolder.Create(folder.File($"run{++runs}"), RunRecords.Small() with { Options = options });
        using var cancellation = new CancellationTokenSource();
        var shuffled = ImageBatches.Shuffled(data.Train, options.BatchSize, options.Seed);
        var test = ImageBatches.InOrder(data.Test, options.EvaluationBatchSize);
        using (var interrupted = Network())
        {
            Assert.Throws<OperationCanceledException>(() => new SparseTrainer(interrupted, options, run)
                .Fit(new CancellingBatches(shuffled, step, cancellation), test, cancellationToken: cancellation.Token));
        }

        using var model = Network();
        using (torch.no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.fill_(0.5); // everything has to come from the checkpoint
            }
        }

        using var checkpoint = run.Checkpoints.LoadNewest();
        Assert.Equal(step, checkpoint.Position.Step);
        new SparseTrainer(model, options).Resume(checkpoint, shuffled, test);
        return TensorBits.Of(model);
    }

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }
}
