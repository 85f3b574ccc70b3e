using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>
/// A shortcut without parameters: every second row and column of the image, and channels of zeros, half of them before the
/// input's channels and half behind.
/// </summary>
/// <remarks>Option A of He, Zhang, Ren and Sun, arXiv:1512.03385, section 4.2.</remarks>
public sealed class PaddedShortcut : Module<torch.Tensor, torch.Tensor>
{
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="outputs">Channels that go out, no fewer.</param>
    /// <param name="stride">Takes every stride-th pixel of each direction.</param>
    internal PaddedShortcut(long inputs, long outputs, long stride)
        : base(nameof(PaddedShortcut))
    {
        Stride = stride;
        Before = (outputs - inputs) / 2;
        Behind = outputs - inputs - Before;
    }

    /// <summary>Takes every so-many-th pixel of each direction.</summary>
    public long Stride { get; }

    /// <summary>Channels of zeros before those of the input.</summary>
    public long Before { get; }

    /// <summary>Channels of zeros behind those of the input.</summary>
    public long Behind { get; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var rows = input.slice(2, 0, input.shape[2], Stride);
        using var grid = rows.slice(3, 0, input.shape[3], Stride);
        return functional.pad(grid, [0, 0, 0, 0, Before, Behind]);
    }
}
