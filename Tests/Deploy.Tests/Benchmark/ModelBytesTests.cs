using Onnx;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public sealed class ModelBytesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Weights_beside_the_file_count_once()
    {
        var random = new Random(1);
        var model = new SequentialGraph(64).Gemm("fc1", 64, Running.RandomFloats(random, 64 * 64)).Gemm("fc2", 32, Running.RandomFloats(random, 32 * 64)).Build(32);
        var whole = folder.Write("whole.onnx", model);
        Assert.Equal(new FileInfo(whole).Length, ModelBytes.Of(whole));

        using (var stream = File.Create(folder.File("weights.bin")))
        {
            model = ExternalData.Write(model, "weights.bin", stream);
        }

        var light = folder.Write("light.onnx", model);
        Assert.True(new FileInfo(light).Length < 64 * 64);
        Assert.Equal(new FileInfo(light).Length + new FileInfo(folder.File("weights.bin")).Length, ModelBytes.Of(light));
    }

    [Fact]
    public void Weights_of_a_branch_count_as_well()
    {
        folder.Write("weights.bin", new byte[5000]);
        var tensor = new TensorProto { Name = "inner", DataType = 1, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        var model = new SequentialGraph(2).Then("Identity").Build(2);
        var branch = new GraphProto { Name = "branch" };
        branch.Initializer.Add(tensor);
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = branch });
        var path = folder.Write("branch.onnx", model);
        Assert.Equal(new FileInfo(path).Length + 5000, ModelBytes.Of(path));
    }

    public void Dispose() => folder.Dispose();
}
