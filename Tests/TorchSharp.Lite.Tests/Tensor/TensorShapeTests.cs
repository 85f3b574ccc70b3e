namespace TorchSharp.Lite.Tests.Tensors;

public class TensorShapeTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly torch.Tensor x = torch.arange(6).reshape(2, 3);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Properties()
    {
        Assert.Equal([2, 3], x.shape);
        Assert.Equal([2, 3], x.size());
        Assert.Equal(3, x.size(-1));
        Assert.Equal(2, x.dim());
        Assert.Equal(6, x.numel());
        Assert.Equal([3, 1], x.stride());
        Assert.Equal(8, x.ElementSize);
        Assert.True(x.is_contiguous());
        Assert.Equal("[2x3], type = Int64, device = cpu", x.ToString());
    }

    [Fact]
    public void Transposing_changes_the_strides_and_not_the_memory()
    {
        torch.Tensor transposed = x.t();
        Assert.Equal([3, 2], transposed.shape);
        Assert.False(transposed.is_contiguous());
        Entries.Equal([0, 3, 1, 4, 2, 5], transposed);
        Entries.Equal([0, 3, 1, 4, 2, 5], x.transpose(0, 1).contiguous());
        Entries.Equal([0, 3, 1, 4, 2, 5], x.permute(1, 0));
        transposed[2, 1] = torch.tensor(9L);
        Assert.Equal(9, x[1, 2].item<long>());
    }

    [Fact]
    public void Reshaping()
    {
        Assert.Equal([3, 2], x.view(3, -1).shape);
        Assert.Equal([6], x.flatten().shape);
        Assert.Equal([1, 2, 3], x.unsqueeze(0).shape);
        Assert.Equal([2, 3], x.unsqueeze(0).squeeze(0).shape);
        Assert.Equal([2, 3], x.reshape(2, 1, 3, 1).squeeze().shape);
        Assert.Equal([4, 2, 3], x.expand(4, 2, 3).shape);
        Assert.Equal([4, 2, 3], x.expand_as(torch.zeros(4, 2, 3)).shape);
        Assert.Equal([4, 2, 3], x.broadcast_to(4, 2, 3).shape);
        Entries.Equal([0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5], x.repeat(1, 2));
    }

    [Fact]
    public void Order_of_entries()
    {
        Entries.Equal([2, 1, 0, 5, 4, 3], x.flip(1));
        Entries.Equal([2, 0, 1, 5, 3, 4], x.roll(1, 1));
        Entries.Equal([5, 0, 1, 2, 3, 4], x.roll(1));
        Entries.Equal([0, 0, 0, 3, 4, 0], x.tril());
        Entries.Equal([0, 1, 2, 0, 4, 5], x.triu());
        Entries.Equal([0, 4], x.diag());
    }

    [Fact]
    public void Joining_and_parting()
    {
        Entries.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], torch.cat([x, x]));
        Assert.Equal([2, 6], torch.cat([x, x], 1).shape);
        Assert.Equal([2, 2, 3], torch.stack([x, x]).shape);
        Assert.Equal([[2, 2], [2, 1]], x.split(2, 1).Select(part => part.shape));
        Assert.Equal([[1, 3], [1, 3]], x.chunk(2).Select(part => part.shape));
        Entries.Equal([1, 4], x.unbind(1)[1]);
        Entries.Equal([1, 2, 4, 5], x.narrow(1, 1, 2));
        Entries.Equal([0, 2, 3, 5], x.slice(1, 0, 3, 2));
    }

    [Fact]
    public void Products()
    {
        torch.Tensor a = torch.tensor(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } });
        torch.Tensor b = torch.tensor(new[,] { { 0.0, 1.0 }, { 1.0, 0.0 } });
        torch.Tensor v = torch.tensor(new[] { 1.0, -1.0 });
        Entries.Equal([2, 1, 4, 3], a.mm(b));
        Entries.Equal([2, 1, 4, 3], a.matmul(b));
        Entries.Equal([-1, -1], a.mv(v));
        Entries.Equal([2], v.dot(v));
        Entries.Equal([1, -1, -1, 1], v.outer(v));
        Entries.Equal([2, 1, 4, 3], a.unsqueeze(0).bmm(b.unsqueeze(0)));
        Entries.Equal([6, 7, 14, 13], a.addmm(a, b, beta: 2, alpha: 1) + torch.tensor(new[,] { { 2.0, 2.0 }, { 4.0, 2.0 } }));
    }
}
