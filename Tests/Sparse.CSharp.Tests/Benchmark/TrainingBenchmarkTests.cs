using SparseHybrid.Benchmark;
using SparseHybrid.Methods;
using SparseHybrid.Models;
using TorchSharp;

namespace SparseHybrid.Tests.Benchmark;

public sealed class TrainingBenchmarkTests
{
    private static readonly TrainingBenchmarkOptions Small = new()
    {
        Model = new ModelDescription("mlp", 3, [1, 4, 4]) { Settings = new ModelSettings { HiddenWidths = [5] } },
        BatchSize = 2,
        Steps = 4,
        WarmUpSteps = 1,
    };

    [Fact]
    public void It_tells_what_was_measured()
    {
        var threads = torch.get_num_threads();

        var report = TrainingBenchmark.Run(Small);

        Assert.Equal(("mlp", 16 * 5 + 5 + 5 * 3 + 3, 2, 1, 4), (report.Model, report.Parameters, report.BatchSize, report.Threads, report.Steps));
        Assert.True(report.MedianMilliseconds > 0 && report.MedianMilliseconds <= report.P95Milliseconds);
        Assert.Equal(2e3 / report.MedianMilliseconds, report.ImagesPerSecond, 9);
        Assert.True(report.PeakBytes > 10_000_000); // the runtime alone is more
        Assert.Equal(threads, torch.get_num_threads());
    }

    [Fact]
    public void Any_method_can_be_measured() => Assert.Equal("sgd", TrainingBenchmark.Run(Small with { Method = new SgdOptions() }).Method);

    [Fact]
    public void Every_setting_out_of_range_is_listed()
    {
        var error = Assert.Throws<ArgumentException>(() => TrainingBenchmark.Run(Small with { BatchSize = 0, Steps = 0, Threads = 0, WarmUpSteps = -1 }));

        Assert.All(["BatchSize is 0", "Steps is 0", "Threads is 0", "WarmUpSteps is -1"], problem => Assert.Contains(problem, error.Message));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => TrainingBenchmark.Run(Small, cancelled.Token));
    }
}
