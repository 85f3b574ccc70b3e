using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn;

public class ModuleTests
{
    [Fact]
    public void Train_and_eval_reach_every_module()
    {
        using TwoLayers module = new();
        Assert.All(module.modules(), child => Assert.True(child.training));

        module.eval();
        Assert.False(module.training);
        Assert.All(module.modules(), child => Assert.False(child.training));

        module.train();
        Assert.All(module.modules(), child => Assert.True(child.training));
    }

    [Fact]
    public void Apply_visits_children_first_and_the_module_last()
    {
        using TwoLayers module = new();
        List<string> visited = [];

        module.apply(child => visited.Add(child.GetName()));

        Assert.Equal(["Linear", "ReLU", "Linear", "Sequential", "TwoLayers"], visited);
    }

    [Fact]
    public void Zero_grad_forgets_gradients_or_zeroes_them()
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear layer = torch.nn.Linear(2, 1);
        void Backward() => layer.forward(ones(1, 2)).sum().backward();

        Backward();
        layer.zero_grad(set_to_none: false);
        AssertClose([0, 0], layer.weight.grad, 0);

        Backward();
        layer.zero_grad();
        Assert.Null(layer.weight.grad);
        Assert.Null(layer.bias.grad);
    }

    [Fact]
    public void Hooks_see_and_replace_input_and_result_until_removed()
    {
        using DisposeScope scope = NewDisposeScope();
        using Identity layer = torch.nn.Identity();
        List<string> calls = [];
        var doubling = layer.register_forward_pre_hook((_, input) => input * 2);
        var adding = layer.register_forward_hook((_, input, result) => result + input);
        var watching = layer.register_forward_hook((_, _, _) => null);
        var before = layer.register_forward_pre_hook(module => calls.Add($"before {module.GetName()}"));
        var after = layer.register_forward_hook(module => calls.Add($"after {module.GetName()}"));

        AssertClose([12], layer.call(Vector(3)));
        Assert.Equal(["before Identity", "after Identity"], calls);
        AssertClose([3], layer.forward(Vector(3)));

        doubling.remove();
        AssertClose([6], layer.call(Vector(3)));
        adding.remove();
        watching.remove();
        before.remove();
        after.remove();
        AssertClose([3], layer.call(Vector(3)));
        Assert.Equal(4, calls.Count);
    }

    [Fact]
    public void Hooks_of_two_inputs_replace_both()
    {
        using DisposeScope scope = NewDisposeScope();
        using Product product = new();
        product.register_forward_pre_hook((_, first, second) => (first + 1, second + 1));
        product.register_forward_hook((_, _, second, result) => result * second);

        // (2 + 1) * (3 + 1), times the second input as the layer saw it.
        AssertClose([48], product.call(Vector(2), Vector(3)));
    }

    [Fact]
    public void A_parameter_takes_over_the_tensor_it_is_made_of()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor data = Vector(1, 2);
        long before = Tensor.TotalCount;

        Parameter parameter = torch.nn.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.Equal(before, Tensor.TotalCount);
        Assert.True(parameter.requires_grad);
        AssertClose([1, 2], parameter);
        Assert.True(scope.Contains(parameter));
        Assert.False(torch.nn.Parameter(Vector(1), requires_grad: false).requires_grad);
    }
}
