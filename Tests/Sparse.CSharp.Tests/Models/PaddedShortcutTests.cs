using SparseHybrid.Models;
using TorchSharp;

namespace SparseHybrid.Tests.Models;

public sealed class PaddedShortcutTests
{
    [Fact]
    public void Every_second_pixel_stays_between_channels_of_zeros()
    {
        using var shortcut = new PaddedShortcut(1, 4, stride: 2);
        using var input = torch.tensor(new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }).reshape(1, 1, 3, 3);

        using var output = shortcut.call(input);

        Assert.Equal([1, 4, 2, 2], output.shape);
        Assert.Equal([0, 0, 0, 0, 1, 3, 7, 9, 0, 0, 0, 0, 0, 0, 0, 0], output.data<float>().ToArray());
        Assert.Empty(shortcut.parameters());
    }
}
