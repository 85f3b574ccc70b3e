using System.Runtime.InteropServices;

namespace TorchSharp.Lite.Tests.Tensors;

public class TensorAccessTests
{
    [Fact]
    public void The_bytes_are_the_memory_itself()
    {
        using torch.Tensor x = torch.tensor(new[] { 1f, 2f, 3f });
        MemoryMarshal.Cast<byte, float>(x.bytes)[1] = 20;
        Assert.Equal([1f, 20f, 3f], x.data<float>().ToArray());
        x.bytes = MemoryMarshal.AsBytes<float>([4f, 5f, 6f]).ToArray();
        Assert.Equal([4f, 5f, 6f], x.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void Bytes_of_a_transposed_tensor_are_refused()
    {
        using torch.Tensor x = torch.zeros(2, 3);
        using torch.Tensor transposed = x.t();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => transposed.bytes.Length);
        Assert.Contains("contiguous", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_element_type_must_be_the_one_asked_for()
    {
        using torch.Tensor x = torch.zeros(2);
        ArgumentException error = Assert.Throws<ArgumentException>(() => x.data<double>());
        Assert.Contains("Float32", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => x[0].item<int>());
        Assert.Throws<ArgumentException>(() => x.data<DateTime>());
    }

    [Fact]
    public void Views_share_a_storage_and_start_somewhere_in_it()
    {
        using torch.Tensor x = torch.tensor(new[] { 1f, 2f, 3f });
        using torch.Tensor view = x[1..];
        using torch.Storage<float> whole = x.storage<float>();
        using torch.Storage<float> same = view.storage<float>();
        Assert.Equal((whole.data_ptr(), 1L, 4), (same.data_ptr(), view.storage_offset(), same.element_size()));
        Assert.Equal(3f, Marshal.PtrToStructure<float>(same.data_ptr() + 8));
        Assert.Throws<ArgumentException>(() => x.storage<double>());
    }

    [Fact]
    public void Only_a_tensor_of_one_element_is_an_item()
    {
        using torch.Tensor one = torch.full([1, 1], 2.5);
        using torch.Tensor two = torch.zeros(2);
        Assert.Equal(2.5f, one.item<float>());
        Assert.Equal(2.5, one.ToDouble());
        Assert.Equal(2.5f, (float)one);
        Assert.Equal(2.5, one.ToScalar().ToDouble());
        Assert.Contains("[2]", Assert.Throws<ArgumentException>(() => two.item<float>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_each_type_comes_back_as_it_was_given()
    {
        Comes_back([true, false]);
        Comes_back([(byte)1, byte.MaxValue]);
        Comes_back([(sbyte)-1, sbyte.MaxValue]);
        Comes_back([(short)-1, short.MaxValue]);
        Comes_back([-1, int.MaxValue]);
        Comes_back([-1L, long.MaxValue]);
        Comes_back([-1.5f, float.MaxValue, float.NaN]);
        Comes_back([-1.5, double.Epsilon, double.PositiveInfinity]);
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        torch.Tensor x = torch.zeros(2);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<ObjectDisposedException>(() => x.shape);
        Assert.Throws<ObjectDisposedException>(() => x + 1);
    }

    private static void Comes_back<T>(T[] entries)
        where T : unmanaged
    {
        using torch.Tensor x = torch.from_array(entries);
        Assert.Equal(entries, x.data<T>().ToArray());
    }
}
