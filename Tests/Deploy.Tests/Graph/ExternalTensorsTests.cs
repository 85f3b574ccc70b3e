using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Graph;

public sealed class ExternalTensorsTests : IDisposable
{
    private static readonly ModelProto Model = new SequentialGraph(2).Gemm("fc1", 2, [1, 2, 3, 4], [5, 6]).Build(2);
    private static readonly byte[] Data = [.. Weight.RawData.Span];
    private readonly TemporaryFolder folder = new();

    private static TensorProto Weight => Model.Graph.Initializer[0];

    [Fact]
    public void Tensors_in_other_files_are_read_as_if_they_were_in_the_model()
    {
        Directory.CreateDirectory(folder.File("weights"));
        folder.Write("weights/all.bin", [0, 0, 0, .. Data, 0]);
        Assert.Equal(Model, Load(("location", "weights/all.bin"), ("offset", "3"), ("length", "16")));
    }

    [Fact]
    public void Offset_and_length_may_be_left_out()
    {
        folder.Write("data", Data);
        Assert.Equal(Model, Load(("location", "data")));
    }

    [Fact]
    public void Sparse_tensors_may_have_their_parts_in_other_files()
    {
        folder.Write("data", [.. Data, .. Data]);
        var model = Outside(("location", "data"), ("offset", "16"));
        var values = model.Graph.Initializer[0];
        values.Dims.Clear();
        values.Dims.Add(4);
        model.Graph.Initializer.RemoveAt(0);
        model.Graph.SparseInitializer.Add(new SparseTensorProto { Dims = { 8L, 2L }, Values = values, Indices = Protos.Tensor("", [1L, 3, 5, 15]) });
        Assert.Equal(Data, ModelFile.Load(folder.Write("model.onnx", model)).Graph.SparseInitializer[0].Values.RawData.ToByteArray());
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("sub/../../secret")]
    [InlineData("..\\secret")]
    [InlineData("/etc/hostname")]
    public void A_file_outside_the_folder_of_the_model_is_not_opened(string location) =>
        AssertRefused("not below the model's own folder", ("location", location));

    [Theory]
    [InlineData("offset", "-1", "offset is '-1'")]
    [InlineData("offset", "1", "behind the first 1 of")]
    [InlineData("offset", "9223372036854775807", "which has 16")]
    [InlineData("offset", "a", "offset is 'a'")]
    [InlineData("length", "15", "have 15 bytes; its shape and type ask for 16")]
    [InlineData("length", "99999999999999999999", "whole number of bytes")]
    [InlineData("location", "", "no file is named")]
    [InlineData("location", "a\0b", "no file is named")]
    public void A_place_that_makes_no_sense_is_told(string key, string value, string why)
    {
        folder.Write("data", Data);
        var place = new Dictionary<string, string> { ["location"] = "data", [key] = value };
        AssertRefused(why, [.. place.Select(entry => (entry.Key, entry.Value))]);
    }

    [Fact]
    public void A_missing_file_is_named() => AssertRefused("which is not there", ("location", "data"));

    [Fact]
    public void A_folder_is_no_data()
    {
        Directory.CreateDirectory(folder.File("data"));
        AssertRefused("which is not there", ("location", "data"));
    }

    [Fact]
    public void A_small_file_cannot_fill_the_memory()
    {
        folder.Write("data", [.. Data, 0, 0]);
        var model = Outside(("location", "data"), ("offset", "0"));
        model.Graph.Initializer.Add(Outside(("location", "data"), ("offset", "1")).Graph.Initializer[0]);
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Load(folder.Write("model.onnx", model)));
        Assert.Contains("overlap", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_may_share_one_place()
    {
        folder.Write("data", Data);
        var model = Outside(("location", "data"));
        model.Graph.Initializer.Add(model.Graph.Initializer[0].Clone());
        var tensors = ModelFile.Load(folder.Write("model.onnx", model)).Graph.Initializer;
        Assert.Equal([Weight.RawData, Weight.RawData], new[] { tensors[0].RawData, tensors[^1].RawData });
    }

    public void Dispose() => folder.Dispose();

    private ModelProto Load(params (string Key, string Value)[] place) => ModelFile.Load(folder.Write("model.onnx", Outside(place)));

    private void AssertRefused(string why, params (string Key, string Value)[] place)
    {
        var error = Assert.Throws<ModelFileException>(() => Load(place));
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
        Assert.Contains("'fc1.weight'", error.What, StringComparison.Ordinal);
    }

    private static ModelProto Outside(params (string Key, string Value)[] place)
    {
        var model = Model.Clone();
        var tensor = model.Graph.Initializer[0];
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.AddRange(place.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model;
    }
}
