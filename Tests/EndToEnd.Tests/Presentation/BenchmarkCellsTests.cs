using SparseHybrid.Cli.Presentation;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.EndToEnd.Tests.Presentation;

public sealed class BenchmarkCellsTests
{
    [Fact]
    public void Names_are_as_short_as_they_can_be_told_apart()
    {
        Assert.Equal(["dense", "shrunk"], BenchmarkCells.Names(["runs/dense.onnx", "other/shrunk.onnx"]));
        Assert.Equal(["model.onnx", "model.ort"], BenchmarkCells.Names(["a/model.onnx", "a/model.ort"]));
        Assert.Equal(["a/model.onnx", "b/model.onnx"], BenchmarkCells.Names(["a/model.onnx", "b/model.onnx"]));
        Assert.Equal(["dense", "dense"], BenchmarkCells.Names(["a/dense.onnx", "a/dense.onnx"])); // the same file twice
    }

    [Fact]
    public void The_GPU_and_whether_transfers_are_timed_are_told_where_one_is_used()
    {
        var report = KnownReports.Of(1, 1);
        Assert.Equal("ONNX Runtime 1.29.0 on cpu, .NET 10", Line(report.Options));
        var options = report.Options with { Provider = ExecutionProvider.Cuda };
        Assert.Equal("ONNX Runtime 1.29.0 on cuda (GPU Y), transfers timed, .NET 10", Line(options));
        Assert.Equal("ONNX Runtime 1.29.0 on cuda (GPU Y), transfers not timed, .NET 10", Line(options with { TransfersAreTimed = false }));

        string Line(BenchmarkOptions options) => BenchmarkCells.Setting([report with { Options = options }]).ElementAt(1);
    }

    [Fact]
    public void A_difference_is_the_largest_of_all_measurements_and_a_dash_where_there_is_none()
    {
        var timing = KnownReports.Of(1, 1).Results[0];
        Assert.Equal("2.0e-5", Difference(timing with { MaxAbsDifference = 2e-5 }, timing with { MaxAbsDifference = 1e-5 }));
        Assert.Equal("0", Difference(timing));
        Assert.Equal("-", Difference(timing with { MaxAbsDifference = null }));
        Assert.Equal("infinite", Difference(timing with { MaxAbsDifference = double.PositiveInfinity }));

        static string Difference(params ModelTiming[] timings) => BenchmarkCells.Facts(timings)[2];
    }

    [Fact]
    public void A_warning_of_every_measurement_is_told_once_and_others_with_theirs()
    {
        var (first, second) = (KnownReports.Of(1, 1), KnownReports.Of(1, 8));
        Assert.Equal(["batch 1"], BenchmarkCells.Warnings([first]));
        Assert.Equal(
            ["busy", "1 thread, batch 8: batch 8"],
            BenchmarkCells.Warnings([first with { Warnings = ["busy"] }, second with { Warnings = ["busy", "batch 8"] }]));
    }
}
