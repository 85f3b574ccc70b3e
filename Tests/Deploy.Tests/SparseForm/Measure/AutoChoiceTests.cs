using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.SparseForm.Measure;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.SparseForm.Measure;

public sealed class AutoChoiceTests : IDisposable
{
    private static readonly OptimizeOptions Auto = new() { Form = ModelForm.Auto, Batches = [2] };

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_layer_with_zeros_is_measured_and_every_choice_recorded()
    {
        var report = Optimize(PartlySparse.Model(), Auto);

        Assert.Equal(["first", "middle", "last"], report.Layers.Select(layer => layer.Size.Name));
        Assert.Equal([false, true, false], report.Layers.Select(layer => layer.Verdict!.Times is not null));
        Assert.Equal("too few zeros", report.Layers[0].Verdict!.Why);
        AssertMeasured(report.Layers[1].Verdict!.Times!, isShrunk: false);
        Assert.Equal((2, 1, null), (report.Times!.Batch, report.Times.Threads, report.Times.Shrunk));
        Assert.Equal(report.Times, report.Certificate.Times);
        Assert.Equal(report.Layers.Select(layer => layer.Verdict!.Times), report.Certificate.Choices!.Select(choice => choice.Microseconds));
        AssertFits(report);
    }

    [Fact]
    public void Layers_that_shrink_are_measured_before_and_after()
    {
        var graph = new SequentialGraph(64).Gemm("fc1", 80, PartlySparse.Weights(64 * 80, 0.96, dead: 64 * 40), new float[80]).Then("Relu");
        var report = Optimize(graph.Gemm("fc2", 4, PartlySparse.Weights(320, 0.96)).Build(4), Auto);
        Assert.All(report.Layers, layer => AssertMeasured(layer.Verdict!.Times!, isShrunk: true));
        Assert.NotNull(report.Times!.Shrunk);
        AssertFits(report);
    }

    [Fact]
    public void Convolutions_are_measured_on_the_images_that_they_see()
    {
        var model = new SequentialGraph(3, 8, 8).Conv("first", 8, 3, RandomFloats(new Random(1), 216), padding: 1).Then("Relu").MaxPool(2)
            .Conv("second", 16, 8, PartlySparse.EveryWeight(1152, 25), padding: 1).Then("Relu").Flatten().Gemm("fc", 3, RandomFloats(new Random(2), 768)).Build(3);
        var report = Optimize(model, Auto);
        AssertMeasured(report.Layers[1].Verdict!.Times!, isShrunk: false);
        AssertFits(report);
    }

    [Fact]
    public void Rounded_widths_are_tried_and_the_verdict_says_what_was_chosen()
    {
        var report = Optimize(OddWidths.Model(alive: 9), Auto);
        var times = report.Times!;
        Assert.True(times is { Shrunk: > 0, Rounded: { Microseconds: > 0, RoundTo: 4 or 8 or 16 } });
        Assert.Contains(times.Chosen, new[] { times.Dense, times.Shrunk, times.Rounded?.Microseconds, times.Sparse }.OfType<double>());
        AssertMeasured(report.Layers[0].Verdict!.Times!, isShrunk: true);
        Assert.True(report.Layers[0].Verdict!.Times!.Rounded > 0);
        var units = times.Choice switch
        {
            "dense" => 32,
            "shrunk" or "sparse-kernels" => 9,
            var choice when choice.EndsWith($", widths in multiples of {times.Rounded!.RoundTo}", StringComparison.Ordinal) => 16,
            _ => 0,
        };
        Assert.Equal(units, report.Layers[0].Size.UnitsAfter);
        AssertFits(report);
    }

    [Fact]
    public void Widths_that_were_asked_for_are_the_only_ones()
    {
        var report = Optimize(OddWidths.Model(alive: 9), Auto with { RoundTo = 5 });
        Assert.Null(report.Times!.Rounded);
        Assert.True(report.Times.Choice == "dense" || (report.Times.Choice.EndsWith("multiples of 5", StringComparison.Ordinal) && report.Layers[0].Size.UnitsAfter == 10));
    }

    [Fact]
    public void Progress_tells_which_layer_and_a_cancelled_run_writes_nothing()
    {
        using var source = new CancellationTokenSource();
        var told = new List<string>();
        var progress = new Listener(what =>
        {
            told.Add(what);
            source.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => OptimizePipeline.Optimize(
            folder.Write("model.onnx", PartlySparse.Model()), folder.File("out.onnx"), Auto, progress, source.Token));

        Assert.Equal(["layer 1 of 1: middle"], told);
        Assert.Equal(["model.onnx"], folder.Names);
    }

    [Fact]
    public void A_fixed_batch_is_the_one_that_is_measured()
    {
        var model = PartlySparse.Model();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 5;
        Assert.Equal(5, Optimize(model, Auto).Times!.Batch);
    }

    [Fact]
    public void A_model_that_cannot_be_taken_apart_is_decided_by_thresholds()
    {
        var model = PartlySparse.Model();
        model.OpsetImport[0].Version = 8; // too old to have its shapes measured
        var report = Optimize(model, Auto);
        Assert.Null(report.Times);
        Assert.Equal([ModelForm.Dense, ModelForm.SparseKernels, ModelForm.Dense], report.Layers.Select(layer => layer.Choice));
    }

    public void Dispose() => folder.Dispose();

    private static void AssertMeasured(LayerTimes times, bool isShrunk)
    {
        Assert.True(times.Dense > 0 && times.Sparse > 0);
        Assert.Equal(isShrunk, times.Shrunk > 0);
    }

    /// <summary>Asserts that the layers of the file are what the report says.</summary>
    private static void AssertFits(ModelReport report) => Assert.Equal(
        report.Layers.Where(layer => layer.Choice == ModelForm.SparseKernels).Select(layer => layer.Size.Name),
        SparseLayers.NamesIn(ModelFile.Load(report.File).Graph));

    private ModelReport Optimize(ModelProto model, OptimizeOptions options) =>
        OptimizePipeline.Optimize(folder.Write("model.onnx", model), folder.File("out.onnx"), options);

    private sealed class Listener(Action<string> listen) : IProgress<string>
    {
        public void Report(string value) => listen(value);
    }
}
