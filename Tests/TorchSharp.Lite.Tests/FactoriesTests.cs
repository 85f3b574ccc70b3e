namespace TorchSharp.Lite.Tests;

public class FactoriesTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Constants_of_any_shape()
    {
        Entries.Equal([0, 0, 0, 0, 0, 0], torch.zeros(2, 3));
        Entries.Equal([1, 1], torch.ones(2, dtype: torch.int32));
        Entries.Equal([2.5, 2.5], torch.full([2], 2.5));
        Assert.Equal([2, 3, 4, 5], torch.empty(2, 3, 4, 5).shape);
        Assert.Equal([], torch.zeros([]).shape);
        Assert.Equal(torch.ScalarType.Float32, torch.full([2], 3).dtype);
        Assert.Equal(torch.ScalarType.Int64, torch.full([2], 3, dtype: torch.int64).dtype);
    }

    [Fact]
    public void Like_another_tensor_in_shape_type_and_device()
    {
        torch.Tensor x = torch.zeros(2, 2, dtype: torch.float64);
        Assert.Equal(torch.ScalarType.Float64, torch.ones_like(x).dtype);
        Assert.Equal(torch.ScalarType.Int32, torch.full_like(x, 7, dtype: torch.int32).dtype);
        Entries.Equal([7, 7, 7, 7], torch.full_like(x, 7));
        Assert.Equal([2, 2], torch.empty_like(x).shape);
    }

    [Fact]
    public void Ranges()
    {
        Entries.Equal([0, 1, 2], torch.arange(3));
        Assert.Equal(torch.ScalarType.Int64, torch.arange(3).dtype);
        Entries.Equal([1, 1.5, 2, 2.5], torch.arange(1, 3, 0.5));
        Entries.Near([0, 0.25, 0.5, 0.75, 1], torch.linspace(0, 1, 5));
        Entries.Equal([1, 0, 0, 0, 1, 0], torch.eye(2, 3));
        Assert.Equal([2, 2], torch.eye(2).shape);
    }

    [Fact]
    public void Data_is_copied_and_keeps_its_type()
    {
        float[] values = [1, 2, 3, 4];
        torch.Tensor x = torch.tensor(values, [2, 2]);
        values[0] = 100;
        Entries.Equal([1, 2, 3, 4], x);
        Assert.Equal(torch.ScalarType.Float32, x.dtype);
        Assert.Equal(torch.ScalarType.Float64, torch.tensor(1.5).dtype);
        Assert.Equal(torch.ScalarType.Int64, torch.tensor(1L).dtype);
        Assert.Equal(torch.ScalarType.Bool, torch.tensor(true).dtype);
        Assert.Equal(torch.ScalarType.Float32, torch.tensor(new[] { 1, 2 }, dtype: torch.float32).dtype);
        Assert.True(torch.tensor(values, requires_grad: true).requires_grad);
    }

    [Fact]
    public void Data_that_does_not_fit_the_shape_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => torch.tensor(new[] { 1f, 2f, 3f }, [2, 2]));
        Assert.Contains("3 entries", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => torch.from_array(new[] { "text" }));
    }

    [Fact]
    public void Conversions_keep_or_copy()
    {
        torch.Tensor x = torch.tensor(new[] { 1.75, -1.75 });
        Entries.Equal([1, -1], x.to_type(torch.int64));
        Assert.Equal(torch.ScalarType.Float32, x.@float().dtype);
        x.to(torch.float64).fill_(3).Dispose();
        Entries.Equal([3, 3], x); // the same type: no copy
        x.to(torch.float64, copy: true).fill_(4).Dispose();
        Entries.Equal([3, 3], x);
        x.clone().fill_(5).Dispose();
        Entries.Equal([3, 3], x);
        x.copy_(torch.tensor(new[] { 8, 9 }));
        Entries.Equal([8, 9], x);
        torch.Tensor disposed = torch.zeros(1);
        using torch.Tensor converted = disposed.to(torch.float64, disposeAfter: true);
        Assert.True(disposed.IsInvalid);
    }

    [Fact]
    public void Devices_are_read_as_PyTorch_writes_them()
    {
        Assert.Equal("cpu", torch.zeros(1).device.ToString());
        Assert.Equal("cuda:1", new torch.Device("cuda:1").ToString());
        Assert.Equal("cuda:0", new torch.Device("cuda").ToString());
        Assert.Throws<ArgumentException>(() => new torch.Device("gpu"));
        Assert.Throws<ArgumentException>(() => new torch.Device("cuda:x"));
    }
}
