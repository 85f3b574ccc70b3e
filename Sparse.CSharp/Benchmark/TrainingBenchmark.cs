using System.Diagnostics;
using SparseHybrid.Data;
using SparseHybrid.Models;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Benchmark;

/// <summary>
/// Times training steps (forward, backward, optimizer) of a named network on random images, as <see cref="SparseTrainer"/>
/// takes them, checks included.
/// </summary>
public static class TrainingBenchmark
{
    /// <summary>Measures. libtorch's number of threads is put back afterwards.</summary>
    /// <param name="options">Checked first.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">One or more settings are out of range, or the model cannot be built.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TrainingBenchmarkReport Run(TrainingBenchmarkOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        var threads = torch.get_num_threads();
        try
        {
            return Measure(options, cancellation);
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    private static TrainingBenchmarkReport Measure(TrainingBenchmarkOptions options, CancellationToken cancellation)
    {
        torch.manual_seed(options.Seed);
        using var model = ModelCatalog.Create(options.Model);
        using var images = torch.randn([options.BatchSize, .. options.Model.InputShape]);
        using var labels = torch.randint(options.Model.Classes, [options.BatchSize], dtype: torch.ScalarType.Int64);
        using var steps = new TimedBatches(images, labels, options.WarmUpSteps + options.Steps);
        var trainer = new SparseTrainer(model, new SparseTrainerOptions { Epochs = 1, Threads = options.Threads, Method = options.Method });
        trainer.Fit(steps, ImageBatches(images, labels), cancellationToken: cancellation);
        var clock = Sorted(steps.StepTimes, options);
        return new TrainingBenchmarkReport
        {
            Model = options.Model.Name,
            Method = options.Method.Name,
            Parameters = model.parameters().Sum(parameter => parameter.numel()),
            BatchSize = options.BatchSize,
            Threads = options.Threads,
            Steps = options.Steps,
            MedianMilliseconds = Median(clock),
            P95Milliseconds = clock[(int)Math.Ceiling(0.95 * clock.Length) - 1],
            MedianProcessorMilliseconds = Median(Sorted(steps.ProcessorTimes, options)),
            PeakBytes = Process.GetCurrentProcess().PeakWorkingSet64,
        };
    }

    private static IBatchSource ImageBatches(torch.Tensor images, torch.Tensor labels) => new TimedBatches(images, labels, count: 1);

    private static double[] Sorted(IEnumerable<TimeSpan> times, TrainingBenchmarkOptions options) =>
        [.. times.Skip(options.WarmUpSteps).Select(time => time.TotalMilliseconds).Order()];

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
