using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using SparseHybrid.Models;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

public sealed class ModelCatalogExportTests : IDisposable
{
    private static readonly long[] ImageShape = [3, 32, 32];
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_that_was_trained_for_a_step_computes_the_same_at_batch_1_3_and_64(string name)
    {
        using var model = Trained(name);

        var path = folder.Write("model.onnx", OnnxExporter.Export(model, ImageShape));
        var result = TorchVerifier.Compare(model, path, randn([68, .. ImageShape]), batch: 64); // batches of 1, 64 and 3

        Assert.True(result.MaxAbsDifference <= 1e-4 * result.LargestExpected, $"{result}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_tensor_of_the_state_dict_is_there_under_its_name_and_no_other(string name)
    {
        using var model = Trained(name);
        var state = model.state_dict().Keys.Where(key => !key.EndsWith("num_batches_tracked", StringComparison.Ordinal));

        var graph = OnnxExporter.Export(model, ImageShape).Graph;

        Assert.Equal(state.Order(), graph.Initializer.Select(tensor => tensor.Name).Where(tensor => !tensor.Contains('/')).Order());
        Assert.Equal(graph.Node.Count - 1, graph.ValueInfo.Count); // every value but the last, which is the graph's output
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    /// <summary>A narrow network of the name after one step of gradient descent.</summary>
    private static nn.Module<Tensor, Tensor> Trained(string name)
    {
        manual_seed(1);
        var settings = name is "mlp" or "lenet-300-100" or "lenet-5" ? new ModelSettings() : new ModelSettings { Width = 0.25 };
        var model = ModelCatalog.Create(new ModelDescription(name, 10, ImageShape) { Settings = settings });
        using var step = NewDisposeScope();
        using var optimizer = optim.SGD(model.parameters(), 0.01);
        nn.functional.cross_entropy(model.call(randn([8, .. ImageShape])), randint(0, 10, [8], int64)).backward();
        optimizer.step();
        return model;
    }
}
