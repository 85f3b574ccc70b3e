using SparseHybrid.Benchmark;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Benchmark;

public sealed class StepBenchmarkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Both_steps_do_the_same_and_every_figure_follows_from_the_times(int threads)
    {
        var report = StepBenchmark.Run(new StepBenchmarkOptions { Parameters = 100_003, Threads = threads, Rounds = 3 });
        Assert.Equal((100_003, threads, 3), (report.Parameters, report.Threads, report.Rounds));
        Assert.InRange(report.MaxRelativeDifference, 0, 1e-6);
        Assert.True(report.FusedMilliseconds > 0 && report.TensorOpsMilliseconds > 0 && report.CopyMilliseconds > 0);
        Assert.Equal(report.TensorOpsMilliseconds / report.FusedMilliseconds, report.Ratio);
        Assert.Equal(52 * 100_003 / (report.FusedMilliseconds * 1e6), report.GigabytesPerSecond, 9);
        Assert.Equal(8 * 100_003 / (report.CopyMilliseconds * 1e6), report.MemcpyGigabytesPerSecond, 9);
        Assert.Equal(report.GigabytesPerSecond / report.MemcpyGigabytesPerSecond, report.BandwidthShare);
        Assert.Equal((ComputeDevice.Cpu, null), (report.Device, report.CudaKernels));
    }

    [NoCudaFact]
    public void Without_a_CUDA_device_none_is_measured() =>
        Assert.Throws<DeviceException>(() => StepBenchmark.Run(new StepBenchmarkOptions { Parameters = 10, Device = ComputeDevice.Cuda }));

    [CudaFact]
    public void A_CUDA_device_is_measured_with_what_its_kernels_were_compiled_with()
    {
        var report = StepBenchmark.Run(new StepBenchmarkOptions { Parameters = 1_000_003, Device = ComputeDevice.Cuda });
        Assert.InRange(report.MaxRelativeDifference, 0, 1e-6);
        Assert.Contains("NVRTC", report.CudaKernels);
    }

    [Fact]
    public void Progress_tells_the_rounds_done_and_the_number_of_threads_is_put_back()
    {
        var threads = torch.get_num_threads();
        var rounds = new Rounds();
        StepBenchmark.Run(new StepBenchmarkOptions { Parameters = 10, Threads = threads + 1, Rounds = 2 }, rounds);
        Assert.Equal([0, 1, 2], rounds.Seen);
        Assert.Equal(threads, torch.get_num_threads());
    }

    [Fact]
    public void A_cancelled_benchmark_ends_before_its_next_turn()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => StepBenchmark.Run(new StepBenchmarkOptions { Parameters = 10 }, cancellation: cancelled.Token));
    }

    [Fact]
    public void Nothing_is_left_in_memory()
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        StepBenchmark.Run(new StepBenchmarkOptions { Parameters = 10, Rounds = 2 });
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Settings_out_of_range_are_listed_all_at_once()
    {
        var options = new StepBenchmarkOptions { Parameters = 0, Threads = -1, Rounds = 0 };
        var error = Assert.Throws<ArgumentException>(() => StepBenchmark.Run(options));
        Assert.All(new[] { "Parameters is 0", "Threads is -1", "Rounds is 0" }, problem => Assert.Contains(problem, error.Message));
    }

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var options = new StepBenchmarkOptions();
        Assert.Equal((14_700_000, 1, 9, 1), (options.Parameters, options.Threads, options.Rounds, options.Seed));
    }

    private sealed class Rounds : IProgress<int>
    {
        public List<int> Seen { get; } = [];

        public void Report(int value) => Seen.Add(value);
    }
}
