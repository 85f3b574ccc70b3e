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

    [Fact]
    public void Dimensions_that_overflow_are_refused()
    {
        var wrong = Model.Clone();
        wrong.Graph.Initializer[0].Dims[0] = long.MaxValue;
        AssertRefused(folder.Write("wrong.onnx", wrong), "wrong number of bytes");
    }

    [Fact]
    public void Damaged_bytes_end_in_a_model_or_a_clear_refusal_and_nothing_else()
    {
        var random = new Random(1);
        var bytes = Model.ToByteArray();
        for (var i = 0; i < 2000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var error = Record.Exception(() => ModelFile.Load(folder.Write("damaged.onnx", damaged)));
            Assert.True(error is null or ModelFileException, $"Change {i} of seed 1: {error}");
        }
    }

    public void Dispose() => folder.Dispose();

    private static void AssertRefused(string path, string why)
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Load(path));
        Assert.Equal(path, error.Path);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Fix);
    }
}
