using SparseHybrid.Models.Graphs;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Tests.Models.Graphs;

public sealed class DescribedModuleTests
{
    private sealed class Gate : DescribedModule
    {
        private readonly Linear linear = torch.nn.Linear(3, 3);
        private readonly Parameter scale = new(torch.tensor(new float[] { 1, -2, 3 }));

        public Gate()
            : base(nameof(Gate)) => RegisterComponents();

        public override TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input) =>
            graph.Multiply(graph.Sigmoid(graph.Call(linear, input)), graph.Multiply(input, scale));
    }

    private sealed class Nothing() : DescribedModule(nameof(Nothing))
    {
        public override TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input) => input;
    }

    private sealed class Padded() : DescribedModule(nameof(Padded))
    {
        public override TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input) =>
            graph.Concatenate(-1, graph.Pad(graph.Pad(input, 1, 1, 0), -2, 0, 1), graph.Pad(graph.Pad(input, 1, 1, 0), -2, 0, 1));
    }

    [Fact]
    public void The_forward_pass_is_the_description_and_gradients_reach_every_parameter()
    {
        torch.manual_seed(1);
        using var scope = torch.NewDisposeScope();
        using var module = new Gate();
        var input = torch.randn(5, 3);

        var output = module.call(input);
        output.sum().backward();

        var linear = (Linear)module.named_children().Single().Item2;
        var expected = linear.call(input).sigmoid() * (input * module.get_parameter("scale")!);
        Assert.Equal(expected.data<float>().ToArray(), output.data<float>().ToArray());
        Assert.All(module.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Only_the_result_outlives_the_call_and_it_belongs_to_the_callers_scope()
    {
        using var module = new Gate();
        using var input = torch.randn(5, 3);
        using var outer = torch.NewDisposeScope();

        using var output = module.call(input);

        Assert.Equal(1, outer.DisposablesCount);
        Assert.False(output.IsInvalid);
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void A_description_without_operations_gives_a_second_handle_to_its_input()
    {
        using var module = new Nothing();
        using var input = torch.ones(2);
        module.call(input).Dispose();
        Assert.Equal([1f, 1], input.data<float>().ToArray());
    }

    [Fact]
    public void Dimensions_count_from_either_end()
    {
        using var scope = torch.NewDisposeScope();
        using var module = new Padded();
        var output = module.call(torch.ones(1, 1, 1, 1));
        Assert.Equal([1L, 2, 2, 2], output.shape);
        Assert.Equal([0f, 0, 0, 0, 1, 1, 0, 0], output.data<float>().ToArray());
    }
}
