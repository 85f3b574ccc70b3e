using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using SparseHybrid.Models.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

public sealed class DescriptionWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    /// <summary>Every operation once or more, on samples of [4, 6, 6].</summary>
    private sealed class Everything : DescribedModule
    {
        private readonly ModuleList<nn.Module<Tensor, Tensor>> branches = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.Conv2d(4, 4, 3, padding: 1), nn.Sequential(nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4)));

        private readonly nn.Module<Tensor, Tensor> relu = nn.ReLU();
        private readonly Parameter scale = new(rand(4, 1, 1));
        private readonly Parameter shift = new(rand(1, 12, 6, 6));

        public Everything()
            : base(nameof(Everything)) => RegisterComponents();

        public override TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input)
        {
            var first = graph.Call(relu, graph.Call(branches[0], input));
            var second = graph.Call(relu, graph.Subtract(graph.Call(branches[1], input), graph.Multiply(first, scale)));
            var gate = graph.Sigmoid(graph.Mean(second, [2, 3], keepDimensions: true));
            var gated = graph.Multiply(first, gate);
            var joined = graph.Add(graph.Concatenate(1, graph.Tanh(gated), second, graph.Scale(input, 0.5)), shift);
            var padded = graph.Pad(graph.Slice(joined, -1, 1, 6, 2), 1, 1, 3);
            var rows = graph.Permute(graph.Reshape(padded, 16, 18), 0, 2, 1);
            var attention = graph.Softmax(graph.MatMul(rows, graph.Permute(rows, 0, 2, 1)), -1);
            var sequence = graph.Add(graph.Max(graph.MatMul(attention, rows), [1]), graph.Mean(rows, [1]));
            var peak = graph.Flatten(graph.Max(graph.Relu(padded), [2, 3], keepDimensions: true));
            return graph.Add(sequence, peak);
        }
    }

    /// <summary>Describes ReLU and computes tanh.</summary>
    private sealed class Pretender() : nn.Module<Tensor, Tensor>(nameof(Pretender)), IForwardGraph
    {
        public TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input) => graph.Relu(input);

        public override Tensor forward(Tensor input) => input.tanh();
    }

    /// <summary>A description given from outside.</summary>
    private sealed class Described(Func<IForwardOperations<GraphValue>, GraphValue, GraphValue> describe)
        : nn.Module<Tensor, Tensor>(nameof(Described)), IForwardGraph
    {
        public TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input) =>
            (TValue)(object)describe((IForwardOperations<GraphValue>)graph, (GraphValue)(object)input!);

        public override Tensor forward(Tensor input) => input.alias();
    }

    [Theory]
    [InlineData(OnnxExportOptions.OldestOpset)]
    [InlineData(17)]
    [InlineData(OnnxExportOptions.NewestOpset)]
    public void Every_operation_computes_what_libtorch_computes(int opset)
    {
        manual_seed(1);
        using var module = new Everything();
        var exported = OnnxExporter.Export(module, [4, 6, 6], new OnnxExportOptions { Opset = opset });

        var result = TorchVerifier.Compare(module, folder.Write("model.onnx", exported), randn(68, 4, 6, 6));

        Assert.True(result.MaxAbsDifference <= 1e-5 * result.LargestExpected, $"{result}");
        Assert.Contains("branches.1.0.weight", exported.Graph.Initializer.Select(tensor => tensor.Name));
        Assert.Equal(["relu", "relu_1"], exported.Graph.Node.Where(node => node.Name.StartsWith("relu", StringComparison.Ordinal)).Select(node => node.Name));
        Assert.Equal([16L], exported.Graph.Output[0].Type.TensorType.Shape.Dim.Skip(1).Select(dimension => dimension.DimValue));
    }

    [PythonOnnxFact]
    public void The_onnx_package_finds_the_shapes_as_declared()
    {
        using var module = new Everything();
        var path = folder.Write("model.onnx", OnnxExporter.Export(module, [4, 6, 6]));
        var (exitCode, output) = PythonOnnxFactAttribute.Run("import onnx, sys; onnx.checker.check_model(sys.argv[1], full_check=True)", path);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void A_module_that_describes_something_else_than_it_computes_is_found_out()
    {
        using var module = nn.Sequential(nn.Linear(3, 3), new Pretender());
        var path = folder.File("model.onnx");

        var error = Assert.Throws<ExportException>(() => ExportPipeline.Export(module, [3], randn(8, 3), path));

        Assert.Contains("computes something else", error.What, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void What_is_not_registered_is_refused()
    {
        using var stranger = nn.Linear(2, 2);
        AssertRefused("a Linear which is not registered", (graph, input) => graph.Call(stranger, input));
        AssertRefused("a parameter which is not registered", (graph, input) => graph.Add(input, new Parameter(ones(2))));
    }

    [Fact]
    public void Operations_that_do_not_fit_their_values_are_refused()
    {
        AssertRefused("takes the entries 0 to 9", (graph, input) => graph.Slice(input, 1, 0, 9));
        AssertRefused("along dimension 0", (graph, input) => graph.Concatenate(0, input, input));
        AssertRefused("what [3] broadcasts to", (graph, input) => graph.Add(input, graph.Pad(input, 1, 1, 0)));
        AssertRefused("as many entries as [3]", (graph, input) => graph.Reshape(input, 3));
        AssertRefused("along dimension 0", (graph, input) => graph.Permute(input, 1, 0));
        AssertRefused("orders the dimensions [0, 1, 1]", (graph, input) => graph.Permute(input, 0, 1, 1));
        AssertRefused("whose product", (graph, input) => graph.MatMul(input, input));
        AssertRefused("the sizes [batch, 2, 1]", (graph, input) => graph.Concatenate(2, graph.Reshape(input, 2, 1), graph.Reshape(input, 1, 2)));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static void AssertRefused(string why, Func<IForwardOperations<GraphValue>, GraphValue, GraphValue> describe)
    {
        using var model = nn.Sequential(("inner", new Described(describe)));
        var error = Assert.Throws<ExportException>(() => OnnxExporter.Export(model, [2]));
        Assert.Equal("inner", error.ModulePath);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }
}
