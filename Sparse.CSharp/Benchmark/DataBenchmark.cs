using System.Diagnostics;
using SparseHybrid.Data;
using SparseHybrid.Models;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Benchmark;

/// <summary>
/// Times how fast batches of CIFAR's shape are prepared with each augmentation, against how fast a training step takes them.
/// The step is counted without its optimizer, to the disadvantage of loading. All take turns.
/// </summary>
public sealed class DataBenchmark : IDisposable
{
    private static readonly long[] InputShape = [3, 32, 32];

    private readonly DataBenchmarkOptions options;
    private readonly LabelledImages images;
    private readonly Module<torch.Tensor, torch.Tensor> model;

    private DataBenchmark(DataBenchmarkOptions options)
    {
        this.options = options;
        var random = new Random(1);
        var pixels = new byte[options.Images * InputShape.Aggregate((product, size) => product * size)];
        random.NextBytes(pixels);
        images = LabelledImages.FromBytes(
            pixels,
            [options.Images, .. InputShape],
            [.. Enumerable.Range(0, options.Images).Select(_ => (long)random.Next(10))],
            classes: 10,
            ImageDatasets.Find("cifar-10").Normalisation);
        model = ModelCatalog.Create(options.Model, classes: 10, InputShape);
    }

    /// <summary>Measures. libtorch's number of threads is put back afterwards.</summary>
    /// <param name="options">Checked first.</param>
    /// <param name="cancellation">Looked at before each turn.</param>
    /// <exception cref="ArgumentException">A setting is out of range; the message lists them all.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DataBenchmarkReport Run(DataBenchmarkOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        var threads = torch.get_num_threads();
        torch.set_num_threads(options.Threads);
        try
        {
            using var benchmark = new DataBenchmark(options);
            return benchmark.Measure(cancellation);
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    /// <summary>Frees the images and the network.</summary>
    public void Dispose()
    {
        model.Dispose();
        images.Dispose();
    }

    private DataBenchmarkReport Measure(CancellationToken cancellation)
    {
        var sources = Augmentation.Presets.Select(preset => ImageBatches.Shuffled(images, options.Batch, seed: 1, preset.Augmentation)).ToList();
        var loading = sources.Select(_ => new List<double>()).ToList();
        var steps = new List<double>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            for (var i = 0; i < sources.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Note(loading[i], round, Load(sources[i], epoch: round));
            }

            cancellation.ThrowIfCancellationRequested();
            Note(steps, round, Step(sources[0]));
        }

        var step = Median(steps);
        var needed = 1e3 * options.Batch / step;
        var speeds = Augmentation.Presets.Select((preset, i) => new AugmentationSpeed(preset.Name, 1 / Median(loading[i]), 1 / Median(loading[i]) / needed));
        return new DataBenchmarkReport(options.Batch, step, [.. speeds]);
    }

    // The first turn compiles and touches the memory.
    private static void Note(List<double> times, int round, double time)
    {
        if (round > 0)
        {
            times.Add(time);
        }
    }

    // Seconds an image.
    private double Load(ImageBatches source, int epoch)
    {
        const int MostBatches = 16;
        using var batches = source.OpenEpoch(epoch);
        var count = Math.Min(MostBatches, source.BatchesPerEpoch);
        var start = Stopwatch.GetTimestamp();
        var read = 0L;
        for (var index = 0; index < count; index++)
        {
            using var scope = torch.NewDisposeScope();
            read += batches.Read(index).Labels.shape[0];
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / read;
    }

    // Milliseconds.
    private double Step(ImageBatches source)
    {
        using var scope = torch.NewDisposeScope();
        using var batches = source.OpenEpoch(0);
        var batch = batches.Read(0);
        model.train();
        model.zero_grad();
        var start = Stopwatch.GetTimestamp();
        functional.cross_entropy(model.call(batch.Inputs), batch.Labels).backward();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }
}
