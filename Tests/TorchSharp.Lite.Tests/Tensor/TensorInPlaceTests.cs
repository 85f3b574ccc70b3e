using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests;

/// <summary>
/// Official TorchSharp 0.107 (tried with libtorch 2.10): an in-place operation gives the very tensor that it changed, so
/// that disposing the result disposes the tensor; only zero_ gives a new handle.
/// </summary>
public class TensorInPlaceTests
{
    public static TheoryData<string, Func<Tensor, Tensor>> InPlace => new()
    {
        { "add_", x => x.add_(1) },
        { "sub_", x => x.sub_(x) },
        { "mul_", x => x.mul_(2) },
        { "div_", x => x.div_(2) },
        { "pow_", x => x.pow_(2) },
        { "abs_", x => x.abs_() },
        { "relu_", x => x.relu_() },
        { "clamp_", x => x.clamp_(0, 1) },
        { "clamp_min_", x => x.clamp_min_(0) },
        { "addcmul_", x => x.addcmul_(x, x, 1) },
        { "copy_", x => x.copy_(x) },
        { "fill_", x => x.fill_(3) },
        { "masked_fill_", x => x.masked_fill_(x > 0, 1) },
        { "uniform_", x => x.uniform_(0, 1) },
        { "normal_", x => x.normal_() },
        { "bernoulli_", x => x.bernoulli_() },
        { "random_", x => x.random_(0, 5) },
        { "detach_", x => x.detach_() },
        { "requires_grad_", x => x.requires_grad_(false) },
        { "init.constant_", x => torch.nn.init.constant_(x, 1) },
        { "init.kaiming_uniform_", x => torch.nn.init.kaiming_uniform_(x) },
    };

    [Theory]
    [MemberData(nameof(InPlace))]
    public void An_in_place_operation_gives_the_tensor_itself(string name, Func<Tensor, Tensor> operation)
    {
        using var x = ones(2, 3);
        Assert.True(ReferenceEquals(x, operation(x)), name);
        Assert.Equal(2, x.dim());
    }

    [Fact]
    public void Zero_gives_a_new_handle_to_the_same_numbers()
    {
        using var x = ones(2);
        using var zeroed = x.zero_();
        Assert.False(ReferenceEquals(x, zeroed));
        x.fill_(4);
        Assert.Equal([4f, 4f], zeroed.data<float>().ToArray());
    }

    [Fact]
    public void In_place_operations_leave_no_handle_in_the_dispose_scope()
    {
        using var scope = NewDisposeScope();
        var x = ones(2);
        x.add_(1).mul_(2).clamp_(0, 3).copy_(x);
        Assert.Equal(1, scope.DisposablesCount);
    }
}
