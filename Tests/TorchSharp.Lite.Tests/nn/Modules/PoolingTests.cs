using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class PoolingTests
{
    [Fact]
    public void Max_pool_takes_the_largest_of_each_window()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = torch.nn.MaxPool2d(2);

        AssertClose([5, 7, 13, 15], layer.forward(Counting(1, 1, 4, 4)));
        Assert.Equal([2, 2], layer.kernel_size);
        Assert.Null(layer.stride);
    }

    [Fact]
    public void Max_pool_tells_where_the_largest_are()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = torch.nn.MaxPool2d((1, 3), stride: (2, 1));

        (Tensor values, Tensor indices) = layer.forward_with_indices(Counting(1, 1, 3, 4));

        AssertClose([2, 3, 10, 11], values);
        AssertClose([2, 3, 10, 11], indices);
    }

    [Fact]
    public void Ceil_mode_keeps_the_incomplete_windows()
    {
        using DisposeScope scope = NewDisposeScope();

        AssertClose([4], torch.nn.functional.max_pool2d(Counting(1, 1, 3, 3), 2));
        AssertClose([4, 5, 7, 8], torch.nn.functional.max_pool2d(Counting(1, 1, 3, 3), 2, ceil_mode: true));
    }

    [Fact]
    public void Avg_pool_averages_each_window()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor image = Counting(1, 1, 2, 2);

        AssertClose([1.5], torch.nn.AvgPool2d(2).forward(image));
        AssertClose([0, 0.25, 0.5, 0.75], torch.nn.AvgPool2d(2, stride: 2, padding: 1).forward(image));
        AssertClose([0, 1, 2, 3], torch.nn.AvgPool2d(2, stride: 2, padding: 1, count_include_pad: false).forward(image));
        AssertClose([6], torch.nn.AvgPool2d(2, divisor_override: 1).forward(image));
    }

    [Fact]
    public void Adaptive_avg_pool_reaches_the_size_asked_for()
    {
        using DisposeScope scope = NewDisposeScope();

        AssertClose([4.5], torch.nn.AdaptiveAvgPool2d(1).forward(Counting(1, 1, 2, 5)));
        AssertClose([1, 3, 6, 8], torch.nn.AdaptiveAvgPool2d((2, 2)).forward(Counting(1, 1, 2, 5)));
    }

    [Fact]
    public void A_window_of_three_numbers_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();

        ArgumentException error = Assert.Throws<ArgumentException>(() => torch.nn.MaxPool2d([2L, 2L, 2L]).forward(Counting(1, 1, 4, 4)));

        Assert.Contains("[2, 2, 2]", error.Message);
    }

    [Fact]
    public void Flatten_and_unflatten_undo_each_other()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = Counting(2, 3, 2, 2);

        Tensor rows = torch.nn.Flatten().forward(images);
        Tensor back = torch.nn.Unflatten(1, [3, 2, 2]).forward(rows);

        Assert.Equal([2, 12], rows.shape);
        Assert.Equal([2, 3, 2, 2], back.shape);
        AssertClose(Entries.Of(images), back, 0);
    }
}
