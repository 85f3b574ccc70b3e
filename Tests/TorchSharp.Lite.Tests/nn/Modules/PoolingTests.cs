using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class PoolingTests
{
    [Fact]
    public void MaxPoolTakesTheLargestOfEachWindow()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = torch.nn.MaxPool2d(2);

        AssertClose([5, 7, 13, 15], layer.forward(Counting(1, 1, 4, 4)));
        Assert.Equal([2, 2], layer.kernel_size);
        Assert.Null(layer.stride);
    }

    [Fact]
    public void MaxPoolTellsWhereTheLargestAre()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = torch.nn.MaxPool2d((1, 3), stride: (2, 1));

        (Tensor values, Tensor indices) = layer.forward_with_indices(Counting(1, 1, 3, 4));

        AssertClose([2, 3, 10, 11], values);
        AssertClose([2, 3, 10, 11], indices);
    }

    [Fact]
    public void CeilModeKeepsTheIncompleteWindows()
    {
        using DisposeScope scope = NewDisposeScope();

        AssertClose([4], torch.nn.functional.max_pool2d(Counting(1, 1, 3, 3), 2));
        AssertClose([4, 5, 7, 8], torch.nn.functional.max_pool2d(Counting(1, 1, 3, 3), 2, ceil_mode: true));
    }

    [Fact]
    public void AvgPoolAveragesEachWindow()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor image = Counting(1, 1, 2, 2);

        AssertClose([1.5], torch.nn.AvgPool2d(2).forward(image));
        AssertClose([0, 0.25, 0.5, 0.75], torch.nn.AvgPool2d(2, stride: 2, padding: 1).forward(image));
        AssertClose([0, 1, 2, 3], torch.nn.AvgPool2d(2, stride: 2, padding: 1, count_include_pad: false).forward(image));
        AssertClose([6], torch.nn.AvgPool2d(2, divisor_override: 1).forward(image));
    }

    [Fact]
    public void AdaptiveAvgPoolReachesTheSizeAskedFor()
    {
        using DisposeScope scope = NewDisposeScope();

        AssertClose([4.5], torch.nn.AdaptiveAvgPool2d(1).forward(Counting(1, 1, 2, 5)));
        AssertClose([1, 3, 6, 8], torch.nn.AdaptiveAvgPool2d((2, 2)).forward(Counting(1, 1, 2, 5)));
    }

    [Fact]
    public void AWindowOfThreeNumbersIsRefused()
    {
        using DisposeScope scope = NewDisposeScope();

        ArgumentException error = Assert.Throws<ArgumentException>(() => torch.nn.MaxPool2d([2L, 2L, 2L]).forward(Counting(1, 1, 4, 4)));

        Assert.Contains("[2, 2, 2]", error.Message);
    }

    [Fact]
    public void FlattenAndUnflattenUndoEachOther()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = Counting(2, 3, 2, 2);

        Tensor rows = torch.nn.Flatten().forward(images);
        Tensor back = torch.nn.Unflatten(1, [3, 2, 2]).forward(rows);

        Assert.Equal([2, 12], rows.shape);
        Assert.Equal([2, 3, 2, 2], back.shape);
        AssertClose(Values(images), back, 0);
    }
}
