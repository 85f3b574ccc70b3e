using TorchSharp.Utils;

namespace TorchSharp.Lite.Tests.Utils;

public class TensorAccessorTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly torch.Tensor x = torch.tensor(new[,] { { 1, 2, 3 }, { 4, 5, 6 } });

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Entries_are_read_in_row_major_order_whatever_the_strides()
    {
        TensorAccessor<int> transposed = x.t().data<int>();
        Assert.Equal(6, transposed.Count);
        Assert.Equal([1, 4, 2, 5, 3, 6], transposed.ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], transposed.ToList());
        Assert.Equal(5, transposed[1, 1]);
        Assert.Equal(3, transposed[4]);
    }

    [Fact]
    public void Writing_reaches_the_tensor()
    {
        x.t().data<int>().CopyFrom([10, 40, 20, 50, 30, 60]);
        Assert.Equal([10, 20, 30, 40, 50, 60], x.data<int>().ToArray());
        x.data<int>().CopyFrom([7, 8], tensorIndex: 2);
        x.data<int>()[0, 0] = -1;
        Assert.Equal([-1, 20, 7, 8, 50, 60], x.data<int>().ToArray());
    }

    [Fact]
    public void Copying_stops_at_the_shorter_end()
    {
        int[] target = new int[4];
        x.data<int>().CopyTo(target, arrayIndex: 1, tensorIndex: 4);
        Assert.Equal([0, 5, 6, 0], target);
    }

    [Fact]
    public void An_index_outside_is_refused()
    {
        TensorAccessor<int> data = x.data<int>();
        Assert.Throws<IndexOutOfRangeException>(() => data[6]);
        Assert.Throws<ArgumentException>(() => data[0, 0, 0]);
    }
}
