using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Session;

public sealed class ProviderProfileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_nodes_that_ran_are_told_by_name_and_operator()
    {
        var path = folder.Write("model.onnx", new SequentialGraph(2).Gemm("fc", 2, [1, 0, 0, 1]).Then("Softmax").Build(2));
        var nodes = ProviderProfile.Nodes(path, new SessionSettings(), [1, 2], 1);
        Assert.Equal([("fc", "Gemm"), ("Softmax2", "Softmax")], nodes.Select(node => (node.Node, node.Operator)));
        Assert.All(nodes, node => Assert.Equal("CPUExecutionProvider", node.Provider));
    }

    [Fact]
    public void A_node_that_ran_twice_counts_once_and_events_without_a_provider_do_not_count()
    {
        const string profile = """
            [{"cat":"Session","name":"model_loading_uri","args":{}},
             {"cat":"Node","name":"conv1_kernel_time","args":{"provider":"CUDAExecutionProvider","op_name":"Conv"}},
             {"cat":"Node","name":"shape_kernel_time","args":{"provider":"CPUExecutionProvider","op_name":"Shape"}},
             {"cat":"Node","name":"conv1_kernel_time","args":{"provider":"CUDAExecutionProvider","op_name":"Conv"}}]
            """;
        Assert.Equal(
            [new NodePlacement("conv1", "Conv", "CUDAExecutionProvider"), new NodePlacement("shape", "Shape", "CPUExecutionProvider")],
            ProviderProfile.Read(System.Text.Encoding.UTF8.GetBytes(profile)));
    }

    public void Dispose() => folder.Dispose();
}
