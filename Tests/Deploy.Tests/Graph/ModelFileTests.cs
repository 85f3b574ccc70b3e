using Google.Protobuf;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Graph;

public sealed class ModelFileTests : IDisposable
{
    private static readonly ModelProto Model = new SequentialGraph(2).Gemm("fc1", 2, [1, 2, 3, 4], [1, 2]).Then("Relu").Build(2);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_model_that_was_written_is_read_back() => Assert.Equal(Model, ModelFile.Load(folder.Write("model.onnx", Model)));

    [Fact]
    public void A_missing_file_is_said_to_be_missing() => AssertRefused(folder.File("no.onnx"), "does not exist");

    [Fact]
    public void A_folder_is_said_to_be_one() => AssertRefused(folder.Path, "folder");

    [Fact]
    public void An_empty_file_is_said_to_be_empty() => AssertRefused(folder.Write("empty.onnx", []), "empty");

    [Fact]
    public void An_empty_path_is_refused() => AssertRefused("", "empty");

    [Theory]
    [InlineData("This is a letter, not a network.")]
    [InlineData("{ \"model\": 1 }")]
    [InlineData("\u0000\u0000\u0000\u0000")]
    public void Something_else_is_not_ONNX(string content) =>
        AssertRefused(folder.Write("other.onnx", System.Text.Encoding.UTF8.GetBytes(content)), "");

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var bytes = Model.ToByteArray();
        for (var length = 1; length < bytes.Length; length++)
        {
            AssertRefused(folder.Write("cut.onnx", bytes[..length]), "");
        }
    }

    [Fact]
    public void A_tensor_with_too_few_bytes_is_named()
    {
        var wrong = Model.Clone();
        wrong.Graph.Initializer[0].Dims[0] = 5;
        AssertRefused(folder.Write("wrong.onnx", wrong), "'fc1.weight' of shape [5, 2]");
    }

    [Theory]
    [InlineData(-2, "has a negative size")]
    [InlineData(long.MinValue, "has a negative size")]
    [InlineData(long.MaxValue, "is too large")]
    [InlineData(1L << 31, "is too large")]
    public void Dimensions_that_no_tensor_has_are_refused(long size, string why)
    {
        var wrong = Model.Clone();
        wrong.Graph.Initializer[0].Dims[0] = size;
        AssertRefused(folder.Write("wrong.onnx", wrong), why);
    }

    [Fact]
    public void Tensors_of_every_kind_and_place_are_checked()
    {
        var tensor = new TensorProto { Name = "hidden", DataType = (int)TensorProto.Types.DataType.Float16, Dims = { 3L } };
        tensor.Int32Data.Add(1);
        var inner = new GraphProto { Initializer = { tensor } };
        var inSubgraph = Model.Clone();
        inSubgraph.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = inner });
        AssertRefused(folder.Write("wrong.onnx", inSubgraph), "'hidden' of shape [3] has the wrong number of entries: 1 where 3 belong");
        var inFunction = Model.Clone();
        inFunction.Functions.Add(new FunctionProto { Node = { new NodeProto { Attribute = { new AttributeProto { Name = "value", T = tensor } } } } });
        AssertRefused(folder.Write("wrong.onnx", inFunction), "'hidden'");
    }

    [Theory]
    [InlineData(6, "version 6 of the ONNX operators; this build knows 7 to 26", "newer operator set")]
    [InlineData(0, "version 0", "newer operator set")]
    [InlineData(27, "version 27", "operator set 26 or older")]
    [InlineData(long.MaxValue, "version 9223372036854775807", "operator set 26 or older")]
    public void Operator_sets_that_are_not_known_are_refused_with_what_to_do(long version, string why, string fix)
    {
        var wrong = Model.Clone();
        wrong.OpsetImport[0].Version = version;
        AssertRefused(folder.Write("wrong.onnx", wrong), why, fix);
    }

    [Theory]
    [InlineData(new long[] { 4, 2 }, new long[] { 1, 7 }, true)]
    [InlineData(new long[] { 4, 2 }, new long[] { 7, 1 }, false)]
    [InlineData(new long[] { 4, 2 }, new long[] { 1, 1 }, false)]
    [InlineData(new long[] { 4, 2 }, new long[] { 1, 8 }, false)]
    [InlineData(new long[] { 4, 2 }, new long[] { -1, 1 }, false)]
    [InlineData(new long[] { 4, 2 }, new long[] { 1 }, false)]
    [InlineData(new long[] { 65536, 65536 }, new long[] { 1, 7 }, false)]
    public void Sparse_tensors_say_where_each_value_belongs(long[] shape, long[] positions, bool isFine)
    {
        var model = Model.Clone();
        model.Graph.SparseInitializer.Add(new SparseTensorProto
        {
            Dims = { shape },
            Values = Protos.Tensor("sparse", [2], [1f, 2f]),
            Indices = Protos.Tensor("", positions),
        });
        var path = folder.Write("sparse.onnx", model);
        if (isFine)
        {
            Assert.Equal(model, ModelFile.Load(path));
        }
        else
        {
            AssertRefused(path, "Tensor 'sparse' of shape");
        }
    }

    [Fact]
    public void Sparse_positions_may_be_coordinates()
    {
        var sparse = new SparseTensorProto { Dims = { 4L, 3L }, Values = Protos.Tensor("sparse", [2], [1f, 2f]) };
        sparse.Indices = Protos.Tensor("", [0L, 2, 3, 1]);
        sparse.Indices.Dims.Clear();
        sparse.Indices.Dims.AddRange([2L, 2L]);
        Assert.Equal([2L, 10L], SparsePositions.TryRead(sparse)!);
        sparse.Indices.Int64Data[3] = 3;
        Assert.Null(SparsePositions.TryRead(sparse));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(40, false)]
    [InlineData(2000, false)]
    public void Graphs_within_graphs_end_somewhere(int depth, bool isFine)
    {
        var model = Model.Clone();
        for (var graph = model.Graph; depth > 0; depth--)
        {
            var inner = new GraphProto { Name = "inner" };
            graph.Node.Add(new NodeProto { OpType = "Loop", Attribute = { new AttributeProto { Name = "body", G = inner } } });
            graph = inner;
        }

        var path = folder.Write("deep.onnx", model);
        if (isFine)
        {
            Assert.Equal(model, ModelFile.Load(path));
        }
        else
        {
            AssertRefused(path, "nest");
        }
    }

    [Fact]
    public void Data_that_are_announced_and_not_there_take_no_memory()
    {
        byte[] rawDataOfTwoGigabytes = [0x4a, 0xff, 0xff, 0xff, 0xff, 0x07]; // field 9, 2^31 - 1 bytes
        byte[] tensor = [0x2a, .. Varint(0x7fff_fff9), .. rawDataOfTwoGigabytes];
        var path = folder.Write("announced.onnx", [0x3a, .. Varint(0x7fff_ffff), .. tensor, .. new byte[100]]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(path, "cut short");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);

        static byte[] Varint(int number) => [.. Enumerable.Range(0, 4).Select(i => (byte)(0x80 | (number >> (7 * i) & 0x7f))), (byte)(number >> 28 & 0x7f)];
    }

    public void Dispose() => folder.Dispose();

    private static void AssertRefused(string path, string why, string fix = "")
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Load(path));
        Assert.Equal(path, error.Path);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Fix);
        Assert.Contains(fix, error.Fix, StringComparison.Ordinal);
    }
}
