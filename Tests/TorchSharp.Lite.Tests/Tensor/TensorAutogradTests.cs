using System.Runtime.InteropServices;

namespace TorchSharp.Lite.Tests.Tensors;

public class TensorAutogradTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, Func<torch.Tensor, torch.Tensor>> Functions { get; } = new()
    {
        ["polynomial"] = x => ((x * x * 3) - (2 / (x + 5)) + 1).sum(),
        ["exp log sqrt"] = x => ((x.exp() + 1).log() * (x + 4).sqrt()).mean(),
        ["tanh sigmoid"] = x => (x.tanh() * x.sigmoid()).sum(),
        ["matmul softmax"] = x => (x.reshape(2, 3).mm(x.reshape(3, 2)).softmax(1) * torch.tensor(new[,] { { 1.0, 2 }, { 3, 5 } })).sum(),
        ["norm pow"] = x => x.norm() + x.abs().pow(1.5).sum(),
        ["index cat"] = x => (torch.cat([x[torch.tensor(new[] { 0L, 0, 5 })], x.narrow(0, 2, 3)]) * x).square().sum(),
        ["max clamp where"] = x => x.max() + x.clamp(-0.6, 0.9).square().sum() + torch.where(x > 0, x * 2, x * 3).sum(),
        ["var logsumexp"] = x => x.var() * x.logsumexp(0) + x.cumsum(0).std(),
    };

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_that_of_finite_differences(string name)
    {
        const double Step = 1e-6;
        double[] point = [0.3, -0.7, 1.1, -1.4, 0.52, 2.2];
        torch.Tensor x = torch.tensor(point, requires_grad: true);
        Functions[name](x).backward();
        double[] expected = new double[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            expected[i] = (Value(name, point, i, Step) - Value(name, point, i, -Step)) / (2 * Step);
        }

        Entries.Near(expected, x.grad, 1e-7);
    }

    [Fact]
    public void Gradients_accumulate_and_can_be_removed()
    {
        torch.Tensor x = torch.tensor(new[] { 1f, 2f }, requires_grad: true);
        Assert.Null(x.grad);
        (x * 3).sum().backward();
        (x * 3).sum().backward();
        Entries.Equal([6, 6], x.grad);
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = torch.tensor(new[] { 7f, 8f });
        Entries.Equal([7, 8], x.grad);
    }

    [Fact]
    public void Backward_takes_weights_of_the_outputs()
    {
        torch.Tensor x = torch.tensor(new[] { 1f, 2f }, requires_grad: true);
        (x * x).backward([torch.tensor(new[] { 1f, 10f })]);
        Entries.Equal([2, 40], x.grad);
    }

    [Fact]
    public void Grad_returns_gradients_and_accumulates_nothing()
    {
        torch.Tensor x = torch.tensor(3.0, requires_grad: true), unused = torch.tensor(1.0, requires_grad: true);
        IList<torch.Tensor> first = torch.autograd.grad([x * x * x], [x, unused], create_graph: true, allow_unused: true);
        Assert.Equal(27, first[0].item<double>());
        Assert.Null(first[1]);
        Assert.Equal(18, torch.autograd.grad([first[0]], [x])[0].item<double>());
        Assert.Null(x.grad);
    }

    [Fact]
    public void Second_use_of_a_graph_needs_retain_graph()
    {
        torch.Tensor x = torch.tensor(3.0, requires_grad: true);
        torch.Tensor y = x * x;
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal(12, x.grad.item<double>());
        Assert.Contains("second time", Assert.Throws<ExternalException>(() => y.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_recorded()
    {
        torch.Tensor x = torch.tensor(3.0, requires_grad: true);
        torch.Tensor y = x * 2;
        Assert.True(x.is_leaf && !y.is_leaf && y.requires_grad);
        Assert.False(y.detach().requires_grad);
        y.retain_grad();
        y.square().backward();
        Assert.Equal(12, y.grad.item<double>());
        y.detach_();
        Assert.True(y.is_leaf);
        Assert.True(torch.zeros(1).requires_grad_().requires_grad);
    }

    [Fact]
    public void Modes_nest_and_end()
    {
        torch.Tensor x = torch.tensor(3.0, requires_grad: true);
        Assert.True(torch.is_grad_enabled());
        using (torch.no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (torch.enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            Assert.False(torch.is_grad_enabled());
        }

        using (torch.inference_mode())
        {
            Assert.True(torch.is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        using (torch.set_grad_enabled(false))
        {
            Assert.False(torch.is_grad_enabled());
        }

        Assert.True(torch.is_grad_enabled() && !torch.is_inference_mode_enabled());
    }

    [Fact]
    public void Writing_into_a_leaf_that_is_recorded_is_refused()
    {
        torch.Tensor x = torch.tensor(new[] { 3.0 }, requires_grad: true);
        Assert.Contains("in-place", Assert.Throws<ExternalException>(() => x.add_(1)).Message, StringComparison.Ordinal);
    }

    private static double Value(string name, double[] point, int index, double step)
    {
        double[] moved = [.. point];
        moved[index] += step;
        return Functions[name](torch.tensor(moved)).item<double>();
    }
}
