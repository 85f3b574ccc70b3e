using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.Tensors;

public class TensorIndexingTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor x = arange(12).reshape(3, 4);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Positions()
    {
        Assert.Equal(6, x[1, 2].item<long>());
        Entries.Equal([8, 9, 10, 11], x[-1]);
        Assert.Equal(11, x[new long[] { 2, 3 }].item<long>());
    }

    [Fact]
    public void Ranges()
    {
        Entries.Equal([5, 6], x[1, 1..3]);
        Entries.Equal([4, 5, 6, 7, 8, 9, 10, 11], x[1.., ..]);
        Entries.Equal([2, 3, 6, 7, 10, 11], x[TensorIndex.Colon, ^2..]);
        Entries.Equal([0, 2, 8, 10], x[TensorIndex.Slice(null, null, 2), TensorIndex.Slice(0, 4, 2)]);
        Entries.Equal([3, 7, 11], x[TensorIndex.Ellipsis, -1]);
        Assert.Equal([3, 1, 4], x[TensorIndex.Colon, TensorIndex.None].shape);
    }

    [Fact]
    public void Index_tensors_and_masks()
    {
        Entries.Equal([8, 9, 10, 11, 0, 1, 2, 3], x[tensor(new[] { 2L, 0L })]);
        Entries.Equal([9, 10, 11], x[x > 8]);
        Entries.Equal([9, 10, 11], x.masked_select(x > 8));
        Entries.Equal([1, 3, 5, 7, 9, 11], x.index_select(1, tensor(new[] { 1L, 3L })));
        Entries.Equal([3, 4, 9], x.gather(1, tensor(new[,] { { 3L }, { 0L }, { 1L } })));
        Entries.Equal([0, 0, 2, 1], (tensor(new[,] { { 1, 0, 0 }, { 0, 0, 0 }, { 0, 1, 0 } }) != 0).nonzero());
    }

    [Fact]
    public void Assignment_writes_through()
    {
        x[0] = tensor(-1L);
        x[1, 1..3] = tensor(new[] { 50L, 60L });
        x[2, 3] = tensor(99L);
        Entries.Equal([-1, -1, -1, -1, 4, 50, 60, 7, 8, 9, 10, 99], x);
        x[x > 20] = tensor(20L);
        Entries.Equal([-1, -1, -1, -1, 4, 20, 20, 7, 8, 9, 10, 20], x);
        x.index_put_(0, TensorIndex.Colon, 0);
        Entries.Equal([0, -1, -1, -1, 0, 20, 20, 7, 0, 9, 10, 20], x);
    }

    [Fact]
    public void Filling_and_placing()
    {
        Entries.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0], x.masked_fill(x > 8, 0));
        Tensor target = zeros(2, 3, dtype: int64);
        target.scatter_(1, tensor(new[,] { { 2L }, { 0L } }), tensor(new[,] { { 5L }, { 7L } }));
        Entries.Equal([0, 0, 5, 7, 0, 0], target);
        target.scatter_add_(1, tensor(new[,] { { 2L }, { 0L } }), tensor(new[,] { { 1L }, { 1L } }));
        Entries.Equal([0, 0, 6, 8, 0, 0], target);
        target.masked_fill_(target > 7, -1);
        Entries.Equal([0, 0, 6, -1, 0, 0], target);
        target.index_copy_(0, tensor(new[] { 1L }), ones(1, 3, dtype: int64));
        Entries.Equal([0, 0, 6, 1, 1, 1], target);
    }
}
