namespace TorchSharp.Lite.Tests.Tensors;

public class TensorReductionsTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly torch.Tensor x = torch.tensor(new[,] { { 1.0, 5.0, 3.0 }, { 4.0, 0.0, -6.0 } });

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Sums_and_means()
    {
        Assert.Equal(7, x.sum().item<double>());
        Entries.Equal([9, -2], x.sum(1));
        Entries.Equal([5, 5, -3], x.sum(0, keepdim: true));
        Assert.Equal([1, 3], x.sum(0, keepdim: true).shape);
        Entries.Equal([7], x.sum([0, 1]));
        Assert.Equal(torch.ScalarType.Float32, x.sum(torch.float32).dtype);
        Assert.Equal(7.0 / 6, x.mean().item<double>(), 1e-12);
        Entries.Near([3, -2.0 / 3], x.mean([1]), 1e-12);
        Entries.Equal([1, 6, 9, 4, 4, -2], x.cumsum(1));
    }

    [Fact]
    public void Spread_with_and_without_correction()
    {
        Entries.Near([4, 76.0 / 3], x.var(1), 1e-12);
        Entries.Near([8.0 / 3, 152.0 / 9], x.var([1], unbiased: false), 1e-12);
        Entries.Near([2, Math.Sqrt(76.0 / 3)], x.std(1), 1e-12);
        Assert.Equal(Math.Sqrt(473.0 / 36), x.std(unbiased: false).item<double>(), 1e-12);
    }

    [Fact]
    public void Norms_and_products()
    {
        Assert.Equal(Math.Sqrt(87), x.norm().item<double>(), 1e-12);
        Assert.Equal(19, x.norm(p: 1).item<double>(), 1e-12);
        Entries.Near([Math.Sqrt(35), Math.Sqrt(52)], x.norm(1, keepdim: false, p: 2), 1e-12);
        Entries.Equal([15, 0], x.prod(1));
        Assert.Equal(0, x.prod().item<double>());
    }

    [Fact]
    public void Extremes_and_where_they_are()
    {
        Assert.Equal(5, x.max().item<double>());
        Assert.Equal(-6, x.min().item<double>());
        (torch.Tensor values, torch.Tensor indexes) = x.max(1);
        Entries.Equal([5, 4], values);
        Entries.Equal([1, 0], indexes);
        (values, indexes) = x.min(0, keepdim: true);
        Entries.Equal([1, 0, -6], values);
        Assert.Equal([1, 3], indexes.shape);
        Entries.Equal([5, 4], x.amax(1));
        Entries.Equal([-6], x.amin([0, 1], keepdim: false));
        Assert.Equal(1, x.argmax().item<long>());
        Entries.Equal([0, 2], x.argmin(1));
        Assert.Equal(1, x.median().item<double>());
    }

    [Fact]
    public void Orders()
    {
        (torch.Tensor values, torch.Tensor indices) = x.sort(1, descending: true);
        Entries.Equal([5, 3, 1, 4, 0, -6], values);
        Entries.Equal([1, 2, 0, 0, 1, 2], indices);
        Entries.Equal([0, 2, 1, 2, 1, 0], x.argsort(1));
        (values, indices) = x.topk(2, dim: 1);
        Entries.Equal([5, 3, 4, 0], values);
        Entries.Equal([1, 2, 0, 1], indices);
    }

    [Fact]
    public void Counts_and_claims()
    {
        Assert.Equal(5, x.count_nonzero().item<long>());
        Entries.Equal([3, 2], x.count_nonzero([1]));
        Assert.True((x < 6).all().item<bool>());
        Entries.Equal([1, 0], (x >= 0).all(1));
        Assert.True((x == 0).any().item<bool>());
        Entries.Equal([0, 1], (x == 0).any(1));
    }

    [Fact]
    public void Softmax_sums_to_one_and_its_logarithm_agrees()
    {
        torch.Tensor softmax = x.softmax(1);
        Entries.Near([1, 1], softmax.sum(1), 1e-12);
        Entries.Near(Entries.Of(softmax.log()), x.log_softmax(1), 1e-12);
        Entries.Near([Math.Log(Math.Exp(1) + Math.Exp(5) + Math.Exp(3)), Math.Log(Math.Exp(4) + 1 + Math.Exp(-6))], x.logsumexp(1), 1e-12);
    }

    [Fact]
    public void An_empty_sum_is_zero() => Assert.Equal(0, torch.zeros(0).sum().item<float>());
}
