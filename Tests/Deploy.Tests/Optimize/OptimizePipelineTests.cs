using Onnx;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Optimize;

public sealed class OptimizePipelineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_shrunk_model_is_compared_with_the_original_and_has_its_certificate()
    {
        var path = folder.Write("model.onnx", WithDeadUnits());

        var report = Optimize(path, new OptimizeOptions { Form = ModelForm.Shrunk });

        Assert.Equal(["model.onnx", "out.certificate.json", "out.onnx"], folder.Names.Order());
        Assert.Equal([("fc1", 8, 3), ("fc2", 2, 2)], report.Layers.Select(layer => (layer.Size.Name, layer.Size.UnitsBefore, layer.Size.UnitsAfter)));
        Assert.Equal(68, report.SamplesCompared);
        Assert.Equal([1, 3, 64], report.Certificate.Samples.Batches);
        Assert.Equal(new FileInfo(report.File).Length, report.Bytes);
        Assert.InRange(report.MaxAbsDifference, 0, 1e-5 * report.LargestOutput);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 4)]
    [InlineData(16, 8)]
    public void Widths_are_rounded_up_as_asked(int roundTo, long units)
    {
        var path = folder.Write("model.onnx", WithDeadUnits());
        Optimize(path, new OptimizeOptions { Form = ModelForm.Shrunk, RoundTo = roundTo });
        Assert.Equal(units, Running.Shape(ModelFile.Load(folder.File("out.onnx")), "fc1.weight")[0]);
    }

    [Fact]
    public void A_model_with_external_data_is_read_with_them_and_written_so_if_asked()
    {
        var model = WithDeadUnits();
        var weight = model.Graph.Initializer[0];
        folder.Write("weights.bin", [0, 0, 0, 0, .. weight.RawData]);
        weight.DataLocation = TensorProto.Types.DataLocation.External;
        weight.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        weight.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "4" });
        weight.ClearRawData();

        var report = Optimize(folder.Write("model.onnx", model), new OptimizeOptions { ExternalDataAbove = 0 });

        Assert.Equal(report.Certificate.Original.WeightsSha256, report.Certificate.WeightsSha256);
        Assert.Equal(WeightsHash.Of(WithDeadUnits()), report.Certificate.WeightsSha256);
        Assert.Equal(WithDeadUnits().Graph, ModelFile.Load(report.File).Graph);
    }

    [Fact]
    public void What_computes_something_else_gets_no_name()
    {
        var path = folder.Write("model.onnx", WithDeadUnits());
        var exactly = new OptimizeOptions { Form = ModelForm.Shrunk, Tolerance = 0 }; // a constant that moves into a bias is rounded anew

        var error = Assert.Throws<ExportException>(() => Optimize(path, exactly));

        Assert.Contains("'model.onnx' in ONNX Runtime", error.What, StringComparison.Ordinal);
        Assert.Contains("0 is allowed", error.Why, StringComparison.Ordinal);
        Assert.Equal(["model.onnx"], folder.Names);
    }

    [Fact]
    public void Real_samples_of_several_inputs_are_taken_by_name()
    {
        var graph = new SequentialGraph(2).Gemm("fc", 3, [1, 2, 3, 4, 5, 6]);
        graph.Graph.Input.Add(Protos.BatchedValue("other", "batch", [3]));
        graph.Graph.Node.Add(Protos.Node("Add", "sum", [graph.Current, "other"], ["sum"]));
        var path = folder.Write("model.onnx", graph.Build(3));
        var samples = folder.Write("samples.npz", NumpyBytes.Npz(
            false, ("input", NumpyBytes.Floats("(2, 2)", 1, 0, 0, 1)), ("other", NumpyBytes.Floats("(2, 3)", 10, 20, 30, 40, 50, 60))));

        var report = Optimize(path, new OptimizeOptions { Inputs = SampleSource.FromNumpy(samples), Batches = [2] });

        Assert.Equal((2, 66, "samples.npz"), (report.SamplesCompared, report.LargestOutput, report.Certificate.Samples.Source));
        var missing = folder.Write("one.npy", NumpyBytes.Floats("(2, 2)", 1, 0, 0, 1));
        var error = Assert.Throws<DataException>(() => Optimize(path, new OptimizeOptions { Inputs = SampleSource.FromNumpy(missing) }));
        Assert.Contains("'input'", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fixed_batch_is_used_as_it_is()
    {
        var model = WithDeadUnits();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 5;
        var report = Optimize(folder.Write("model.onnx", model), new OptimizeOptions { Samples = 12 });
        Assert.Equal(12, report.SamplesCompared);
        Assert.Equal([5], report.Certificate.Samples.Batches);
    }

    [Fact]
    public void Rows_to_look_up_stay_within_the_table()
    {
        var graph = new SequentialGraph(3);
        graph.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Int64;
        graph.AddTensor("table", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
        graph.Graph.Node.Add(Protos.Node("Gather", "look up", ["table", "input"], ["rows"]));
        var report = Optimize(folder.Write("model.onnx", graph.Build(3, 2)));
        Assert.Equal((0, 8), (report.MaxAbsDifference, report.LargestOutput)); // 68 samples of 3 find the last row
    }

    [Fact]
    public void A_size_left_open_beyond_the_batch_asks_for_real_samples()
    {
        var model = new SequentialGraph(2).Then("Relu").Build(2);
        foreach (var value in model.Graph.Input.Concat(model.Graph.Output))
        {
            value.Type.TensorType.Shape.Dim[1].ClearDimValue();
        }

        var path = folder.Write("model.onnx", model);
        Assert.Contains("--input", Assert.Throws<ModelFileException>(() => Optimize(path)).Fix, StringComparison.Ordinal);
        var samples = folder.Write("x.npy", NumpyBytes.Floats("(1, 5)", 1, 2, 3, 4, 5));
        Assert.Equal(5, Optimize(path, new OptimizeOptions { Inputs = SampleSource.FromNumpy(samples) }).LargestOutput);
    }

    [Fact]
    public void The_original_is_never_replaced()
    {
        var path = folder.Write("model.onnx", WithDeadUnits());
        Assert.Throws<ArgumentException>(() => OptimizePipeline.Optimize(path, folder.File("./model.onnx")));
        Assert.Equal(WithDeadUnits(), ModelFile.Load(path));
    }

    public void Dispose() => folder.Dispose();

    private ModelReport Optimize(string path, OptimizeOptions? options = null) => OptimizePipeline.Optimize(path, folder.File("out.onnx"), options);

    /// <summary>Five of the eight hidden units have no weights, one of these five a bias that the next layer takes over.</summary>
    private static ModelProto WithDeadUnits()
    {
        float[] weights = [1, 2, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 0, 0, 0, 0];
        float[] next = [.. Running.RandomFloats(new Random(1), 16)];
        return new SequentialGraph(2).Gemm("fc1", 8, weights, [0, 0, 0, 1, 0, 0, 0, 0]).Then("Relu").Gemm("fc2", 2, next, [1, 2]).Build(2);
    }
}
