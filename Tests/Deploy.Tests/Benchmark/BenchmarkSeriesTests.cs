using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public sealed class BenchmarkSeriesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_number_of_threads_meets_every_batch()
    {
        var model = folder.Write("model.onnx", SmallNetworks.HalfDead(1));
        var progress = new Recorder();
        var reports = BenchmarkSeries.Run(SmallNetworks.Quick(model), [2, 1], [1, 8], progress);

        Assert.Equal([(2, 1), (2, 8), (1, 1), (1, 8)], reports.Select(report => (report.Options.Threads, report.Options.Batch)));
        Assert.All(reports, report => Assert.Equal(report.Options.Batch * 1e6 / report.Results[0].Latency.MedianMicroseconds, report.Results[0].PerSecond, 6));
        Assert.Equal(progress.Steps.Select(step => step.Share).Order(), progress.Steps.Select(step => step.Share));
        Assert.Equal((0.0, 1.0), (progress.Steps[0].Share, progress.Steps[^1].Share));
    }

    [Fact]
    public void A_batch_that_a_model_does_not_take_is_refused_before_anything_is_measured()
    {
        var free = folder.Write("free.onnx", SmallNetworks.HalfDead(1));
        var model = SmallNetworks.HalfDead(1);
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 4;
        var fixedBatch = folder.Write("fixed.onnx", model);

        var progress = new Recorder();
        var error = Assert.Throws<ModelFileException>(() => BenchmarkSeries.Run(SmallNetworks.Quick(free, fixedBatch), [1], [4, 8], progress));
        Assert.Contains("batches of 4 only", error.Why, StringComparison.Ordinal);
        Assert.Empty(progress.Steps);
        Assert.Single(BenchmarkSeries.Run(SmallNetworks.Quick(free, fixedBatch), [1], [4]));
    }

    [Fact]
    public void Nothing_to_measure_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BenchmarkSeries.Run(SmallNetworks.Quick("model.onnx"), [], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenchmarkSeries.Run(SmallNetworks.Quick("model.onnx"), [1], []));
    }

    public void Dispose() => folder.Dispose();
}
