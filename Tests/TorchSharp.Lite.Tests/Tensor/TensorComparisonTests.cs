namespace TorchSharp.Lite.Tests.Tensors;

public class TensorComparisonTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly torch.Tensor x = torch.tensor(new[] { 1, 2, 3 });
    private readonly torch.Tensor y = torch.tensor(new[] { 3, 2, 1 });

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Methods_and_operators_agree()
    {
        Entries.Equal([0, 1, 0], x == y);
        Entries.Equal([0, 1, 0], x.eq(y));
        Entries.Equal([1, 0, 1], x != y);
        Entries.Equal([1, 0, 0], x < y);
        Entries.Equal([1, 1, 0], x <= y);
        Entries.Equal([0, 0, 1], x > y);
        Entries.Equal([0, 1, 1], x.ge(y));
        Entries.Equal([0, 1, 1], x >= 2);
        Entries.Equal([1, 1, 0], 2 >= x);
        Entries.Equal([1, 0, 0], 2 > x);
        Assert.Equal(torch.ScalarType.Bool, (x == y).dtype);
    }

    [Fact]
    public void Logic_on_masks()
    {
        torch.Tensor p = torch.tensor(new[] { true, true, false, false });
        torch.Tensor q = torch.tensor(new[] { true, false, true, false });
        Entries.Equal([1, 0, 0, 0], p & q);
        Entries.Equal([1, 1, 1, 0], p | q);
        Entries.Equal([0, 1, 1, 0], p ^ q);
        Entries.Equal([0, 0, 1, 1], ~p);
        Entries.Equal([1, 0, 0, 0], p.logical_and(q));
        Entries.Equal([1, 1, 1, 0], p.logical_or(q));
        Entries.Equal([0, 1, 1, 0], p.logical_xor(q));
    }

    [Fact]
    public void Whole_tensors_are_compared_by_Equals_and_allclose()
    {
        Assert.True(x.Equals(x.clone()));
        Assert.False(x.Equals(y));
        Assert.False(x.Equals(x.reshape(1, 3)));
        torch.Tensor close = torch.tensor(new[] { 1.0, 2.0 });
        Assert.True(close.allclose(close + 1e-9));
        Assert.False(close.allclose(close + 1e-3));
        Assert.True(close.allclose(close + 1e-3, atol: 1e-2));
    }
}
